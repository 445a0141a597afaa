/** Values that resist being shown. Every message that comes of it fits jupyter_kernel_test's schemas. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KernelClient, resultText } from "../kernelClient.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
  await kernel.execute("%typecheck off");
  await kernel.execute("let kept = 42");
});
afterAll(() => kernel.close());

const hostile = "{ get() { throw new Error('hostile') } }";
const everyTrap = `new Proxy({}, new Proxy({}, ${hostile}))`;

/** Cells, and what of the result's text is to be seen; `undefined` where the cell is to fail. */
const cells: Record<string, readonly [string, string | RegExp | undefined]> = {
  "a circle": ["const ring: any = { name: 'ring' }; ring.self = ring; ring", "[Circular *1]"],
  "a circle through a Map": ["const map = new Map(); map.set(map, [map]); map", "[Circular *1]"],
  "a depth of 100,000": [
    "let deep: any = {}; for (let i = 0; i < 1e5; i++) deep = { deep }; deep",
    "[Object]",
  ],
  "ten million elements": ["new Array(1e7).fill(0)", "more items"],
  "getters that throw": ["({ get bad() { throw new Error('hostile') }, good: 1 })", "good: 1"],
  "an error whose message throws": [
    `Object.defineProperty(new Error('a'), 'message', ${hostile})`,
    // Newer Nodes show such an error themselves.
    /a value that cannot be shown: showing it throws|^<error>/,
  ],
  "a class whose name throws": ["class Odd { static get name(): any { throw 1 } }; new Odd()", undefined],
  "a custom inspection that throws": [
    "({ [Symbol.for('nodejs.util.inspect.custom')]() { throw new Error('hostile') } })",
    undefined,
  ],
  "a bundle that throws": ["({ toMimeBundle() { throw new Error('hostile') } })", undefined],
  "a bundle that is a circle": [
    "const loop: any = {}; loop.loop = loop; ({ toMimeBundle: () => ({ 'application/json': loop }) })",
    undefined,
  ],
  "a bundle that fails late": [
    "({ toMimeBundle: () => new Promise((_, no) => setTimeout(no, 50, new Error('late'))) })",
    undefined,
  ],
  "a Proxy whose every trap throws": [everyTrap, ""],
  "a Proxy in an array": [`[1, ${everyTrap}]`, "1"],
  "a revoked Proxy": ["const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); proxy", ""],
  "a text of 50 MB": ["'x'.repeat(50e6)", "more characters"],
  "bytes of 50 MB": ["new Uint8Array(50e6)", "50000000"],
  "an object without a prototype": ["Object.create(null)", "[Object: null prototype] {}"],
  "a thrown Proxy": [`throw ${everyTrap}`, undefined],
  "a thrown circle": ["throw ring", undefined],
  "a thrown error with a cause that is a circle": [
    "const error: any = new Error('top'); error.cause = error; throw error",
    undefined,
  ],
  "an aggregate of a thousand errors": [
    "throw new AggregateError(Array.from({ length: 1000 }, (_, i) => new Error(String(i))), 'many')",
    undefined,
  ],
  "an error of 50 MB": ["throw new Error('x'.repeat(50e6))", undefined],
  "a stack overflow in a getter": ["({ get a(): any { return this.a } }).a", undefined],
  "a bundle that holds a number": ["({ toMimeBundle: () => ({ 'text/plain': 5 }) })", undefined],
  "a bundle that holds nothing": [
    "({ toMimeBundle: () => ({ 'text/plain': 'all', 'text/html': null }) })",
    "all",
  ],
  "a bundle that is written as nothing": [
    "({ toMimeBundle: () => ({ 'text/plain': 'all', toJSON: undefined }) })",
    "all",
  ],
  "a bundle that is a Proxy": [`({ toMimeBundle: () => ${everyTrap} })`, undefined],
  "half a surrogate pair": [
    "console.log('\\ud83d'); ({ toMimeBundle: () => ({ 'text/plain': '\\ud83d' }) })",
    "\ufffd",
  ],
  "an error of half a surrogate pair": ["throw new Error('\\ud83d')", undefined],
  "a stack overflow while it is shown": [
    "({ toMimeBundle() { const again = (): any => again(); return again() } })",
    undefined,
  ],
};

describe("a cell that gives", () => {
  it.each(Object.entries(cells))("%s ends, variables kept", async (_what, [code, shown]) => {
    const run = await kernel.execute(code);
    if (shown === undefined) {
      expect(run.reply.status).toBe("error");
      expect(run.messages.filter(({ type }) => type === "error").length).toBe(1);
    } else {
      expect(run.reply, String(run.reply.evalue)).toMatchObject({ status: "ok" });
      if (shown instanceof RegExp) expect(resultText(run)).toMatch(shown);
      else expect(resultText(run)).toContain(shown);
    }
    const length = JSON.stringify(run.messages.map(({ content }) => content)).length;
    expect(length, "what the client gets").toBeLessThan(1_000_000);
    expect(resultText(await kernel.execute("kept"))).toBe("42");
  });
});

describe("an endless loop", () => {
  it.each([
    [
      "in an inspection",
      "({ [Symbol.for('nodejs.util.inspect.custom')]() { console.log('in'); for (;;) {} } })",
    ],
    ["in a getter that is shown", "({ get toMimeBundle(): any { console.log('in'); for (;;) {} } })"],
    ["in a bundle", "({ toMimeBundle() { console.log('in'); for (;;) {} } })"],
    ["in a Proxy's trap", "new Proxy({}, { get() { console.log('in'); for (;;) {} } })"],
    [
      "in the inspection of what is thrown",
      "throw { [Symbol.for('nodejs.util.inspect.custom')]() { console.log('in'); for (;;) {} } }",
    ],
    [
      "in the inspection of an error",
      "throw Object.assign(new Error('a'), { [Symbol.for('nodejs.util.inspect.custom')]() { console.log('in'); for (;;) {} } })",
    ],
  ])("%s ends by an interrupt, variables kept", async (_what, code) => {
    const id = await kernel.start(code);
    const isIn = () => kernel.below(id).some(({ type }) => type === "stream");
    await kernel.until(isIn, "the loop's begin");
    await kernel.request("interrupt_request", {}, "control");
    expect((await kernel.finished(id)).reply).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
    expect(resultText(await kernel.execute("kept"))).toBe("42");
  });
});

it("tells what is lost where V8 fails at an error whose message never ends", async () => {
  // Its inspector, told that the cell failed, asks for the message and aborts when it gets none.
  const id = await kernel.start(
    "throw Object.defineProperty(new Error('a'), 'message', { get() { console.log('in'); for (;;) {} } })",
  );
  await kernel.until(() => kernel.below(id).some(({ type }) => type === "stream"), "the loop's begin");
  await kernel.request("interrupt_request", {}, "control");
  const { reply } = await kernel.finished(id);
  if (reply.ename === "SessionEnded") expect(reply.evalue).toContain("kept");
  else expect(resultText(await kernel.execute("kept"))).toBe("42");
  expect(resultText(await kernel.execute("1 + 1"))).toBe("2");
});

const python = join(import.meta.dirname, "../../../.venv-test/bin/python");

it.skipIf(!existsSync(python) && !process.env.CI)("says all of that by the protocol's schemas", () => {
  const messages = [...kernel.replied.values(), ...kernel.published];
  const lines = messages.map(({ header, parent, metadata, content }) =>
    JSON.stringify({ header, parent_header: parent, metadata, content }),
  );
  const validator = join(import.meta.dirname, "../front/validate_messages.py");
  const { stdout, stderr } = spawnSync(python, [validator], {
    input: `${lines.join("\n")}\n`,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  expect(stderr.slice(0, 2000)).toBe("");
  expect(Number(stdout)).toBeGreaterThan(Object.keys(cells).length * 6);
});
