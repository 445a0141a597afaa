/** Cells that break JavaScript's own objects, which the session shares with them: the next cells run, and print, and fail, as ever. */
import { execFileSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { KernelClient, resultText, streamText } from "../kernelClient.js";

let kernel: KernelClient;
beforeEach(async () => {
  kernel = await KernelClient.start();
  await kernel.execute("%typecheck off");
});
afterEach(() => kernel.close());

const fails = "() => { throw new Error('broken') }";

const ownNames =
  "for (const name of Object.getOwnPropertyNames(globalThis)) if (/^__t(sk|unelab)/.test(name))";

/** Code that makes all methods of an object throw, but for those named. */
function breaking(owner: string, spared: readonly string[] = []): string {
  return `{
    const names = Object.getOwnPropertyNames(${owner}).filter((name) => !${JSON.stringify(["constructor", ...spared])}.includes(name));
    const methods = names.filter((name) => typeof Object.getOwnPropertyDescriptor(${owner}, name).value === "function");
    for (const name of methods) ${owner}[name] = ${fails};
  }`;
}

describe("cells run, print and show errors after one that breaks", () => {
  it.each([
    ["JSON", `JSON.parse = JSON.stringify = ${fails}`],
    ["JSON, which is gone", "globalThis.JSON = undefined"],
    ["Map", breaking("Map.prototype")],
    ["Map, which is gone", "globalThis.Map = undefined"],
    ["Set", breaking("Set.prototype")],
    ["Promise, which is gone", "globalThis.Promise = undefined"],
    ["what Promise offers", breaking("Promise")],
    // Node's own callbacks call pop.
    ["the methods of arrays", breaking("Array.prototype", ["pop"])],
    ["what Array offers", breaking("Array")],
    ["what Object offers", breaking("Object")],
    ["console", "globalThis.console = undefined"],
    ["Buffer, which is gone", "globalThis.Buffer = undefined"],
    ["the methods of buffers", `${breaking("Buffer.prototype")} ${breaking("Buffer")}`],
    ["Math", breaking("Math")],
    ["Atomics", breaking("Atomics")],
    ["performance, which is gone", "globalThis.performance = undefined"],
    ["the clock", `performance.now = ${fails}`],
    ["RegExp's exec and test", `RegExp.prototype.exec = RegExp.prototype.test = ${fails}`],
    ["all methods of RegExp", breaking("RegExp.prototype")],
    [
      "what a text is split and replaced by",
      `RegExp.prototype[Symbol.replace] = RegExp.prototype[Symbol.split] = ${fails}`,
    ],
    [
      "split, replace and includes",
      `for (const name of ["split", "replace", "replaceAll", "includes", "slice"]) String.prototype[name] = ${fails}`,
    ],
    ["Reflect", breaking("Reflect")],
    ["Reflect, which is gone", "globalThis.Reflect = undefined"],
    ["Error, which is gone", "var FirstError = Error; globalThis.Error = undefined"],
    ["WeakMap", breaking("WeakMap.prototype")],
    ["WeakMap, which is gone", "globalThis.WeakMap = undefined"],
    ["what loops and spreads of arrays call", `Object.getPrototypeOf([][Symbol.iterator]()).next = ${fails}`],
    ["what loops of maps call", `Object.getPrototypeOf(new Map().values()).next = ${fails}`],
    ["the kernel's own names, which are gone", `${ownNames} try { delete globalThis[name] } catch {}`],
    ["the kernel's own names", `${ownNames} try { globalThis[name] = 1 } catch {}`],
    ["globalThis, which is gone", "globalThis.globalThis = undefined"],
    ["AbortController, which is gone", "globalThis.AbortController = undefined"],
    ["call and bind of functions", `Function.prototype.call = Function.prototype.bind = ${fails}`],
  ])("%s", async (_what, code) => {
    await kernel.execute("let kept = 42; function f() { throw new TypeError('shown') }");
    expect((await kernel.execute(`${code}; 1`)).reply.status).toBe("ok");
    const printing = await kernel.execute("process.stdout.write('printed\\n'); [kept, { a: [1, 'b'] }]");
    expect(printing.reply.status).toBe("ok");
    expect(streamText(printing)).toContain("printed\n");
    expect(resultText(printing)).toBe("[ 42, { a: [ 1, 'b' ] } ]");
    const failing = await kernel.execute("await null;\nf()");
    expect(failing.reply).toMatchObject({ status: "error", ename: "TypeError", evalue: "shown" });
    expect(String(failing.reply.traceback)).toMatch(/line 2.*> 2 \| f\(\)/s);
    expect(failing.messages.filter(({ type }) => type === "error").length).toBe(1);
    const { reply } = await kernel.execute("await (async () => kept)()", {
      user_expressions: { twice: "kept * 2" },
    });
    expect(reply).toMatchObject({
      status: "ok",
      user_expressions: { twice: { data: { "text/plain": "84" } } },
    });
  });
});

describe("cells end, and the next ones run, after one", () => {
  it.each([
    [
      "that updates a display by a text whose JSON is too large",
      `import * as tslab from "tslab"; const d = tslab.newDisplay(); d.text("a"); d.text('"'.repeat(60e6));`,
      /what a cell shows at once is at most 100 MB, got 120 MB/,
    ],
    [
      "that goes to a folder whose path is too long to be told",
      `import { mkdirSync } from "node:fs"; for (let i = 0; i < 30; i++) { mkdirSync("x".repeat(200)); process.chdir("x".repeat(200)); }`,
      undefined,
    ],
    ["without process", "globalThis.process = undefined as never;", undefined],
    ["that gives every object a value", "(Object.prototype as any).value = 5;", undefined],
    [
      "that gives every object an error",
      "(Object.prototype as any).error = 'boo';",
      /^Object\.prototype\.error was removed/,
    ],
    ["that gives every object an errno", "(Object.prototype as any).errno = 5;", undefined],
    [
      "that gives every object exceptionDetails",
      "(Object.prototype as any).exceptionDetails = {};",
      undefined,
    ],
    ["that gives every object an objectId", "(Object.prototype as any).objectId = '5';", undefined],
    [
      "that gives every object an unserializableValue",
      "(Object.prototype as any).unserializableValue = 5;",
      undefined,
    ],
    ["that gives every object a magic", "(Object.prototype as any).magic = 'boo';", undefined],
    [
      "that gives every object a then",
      "(Object.prototype as any).then = function () {};",
      /^Object\.prototype\.then was removed/,
    ],
    [
      "that gives every object a then after an await",
      "await null; (Object.prototype as any).then = function () {};",
      /^Object\.prototype\.then was removed/,
    ],
    [
      "that gives every object a then that cannot be deleted",
      "Object.defineProperty(Object.prototype, 'then', { value() {}, writable: true, configurable: false }); 0",
      /^Object\.prototype\.then was removed/,
    ],
    [
      "that gives every object an error that cannot be read",
      `Object.defineProperty(Object.prototype, 'error', { get: ${fails}, configurable: true }); console.log(1);`,
      /^Object\.prototype\.error was removed/,
    ],
    [
      "that gives every object an error that cannot be read after an await",
      `await null; Object.defineProperty(Object.prototype, 'error', { get: ${fails}, configurable: true }); 0`,
      /^Object\.prototype\.error was removed/,
    ],
    ["that gives every object a get", "(Object.prototype as any).get = () => 5;", undefined],
    [
      "that gives every array a silent setter",
      "for (const at of [0, 3, 10]) Object.defineProperty(Array.prototype, at, { set() {}, configurable: true }); 0",
      undefined,
    ],
    [
      "that gives every array a setter",
      "for (const at of [0, 3, 10]) Object.defineProperty(Array.prototype, at, { get: () => 7, set() { throw new Error('set') }, configurable: true }); 0",
      undefined,
    ],
  ])("%s", async (_what, code, failure) => {
    await kernel.execute("let kept = 42;");
    const { reply } = await kernel.execute(code);
    if (failure) expect(reply.evalue).toMatch(failure);
    else expect(reply).toMatchObject({ status: "ok" });
    const printing = await kernel.execute("console.log('printed'); kept");
    expect(printing.reply).toMatchObject({ status: "ok" });
    expect(streamText(printing)).toBe("printed\n");
    expect(resultText(printing)).toBe("42");
    const failing = await kernel.execute("await null;\nthrow new TypeError('shown')");
    expect(failing.reply).toMatchObject({ status: "error", ename: "TypeError", evalue: "shown" });
    expect((await kernel.execute("throw 5")).reply.evalue).toBe("5");
    expect(resultText(await kernel.execute("kept + 1"))).toBe("43");
  });
  // Node cannot remove what has so long a path.
  afterEach(() => execFileSync("rm", ["-rf", join(kernel.folder, "x".repeat(200))]));
});

it.each(["set() {}", "set() { throw new Error('set') }"])(
  "fails a cell with what it shows, where lists have a setter: %s",
  async (setter) => {
    await kernel.execute(`Object.defineProperty(Array.prototype, 0, { ${setter}, configurable: true }); 0`);
    const run = await kernel.execute("display({ toMimeBundle: async () => { throw new Error('own') } })");
    expect(run.reply).toMatchObject({ status: "error", evalue: "own" });
  },
);

it.each(["", "await null; "])(
  "says at once that only a restart helps against a then that must stay: %s",
  async (first) => {
    const then = "{ get: () => () => undefined, configurable: false }";
    const told = {
      status: "error",
      evalue: expect.stringMatching(/then cannot be removed.*: restart the kernel$/),
    };
    const breaking = `${first}Object.defineProperty(Object.prototype, "then", ${then}); 0`;
    expect((await kernel.execute(breaking)).reply).toMatchObject(told);
    for (const code of ["console.log('ran')", "%time console.log('ran')"]) {
      const run = await kernel.execute(code);
      expect(run.reply).toMatchObject(told);
      expect(streamText(run)).toBe("");
    }
  },
);

it("tells each cell of a broken then, which V8 itself calls, and ends no session", async () => {
  await kernel.execute(`let kept = 42; Promise.prototype.then = ${fails}`);
  const run = await kernel.execute("console.log('printed'); kept");
  expect(run.reply).toMatchObject({ status: "error", ename: "Error", evalue: "broken" });
  expect(streamText(run)).toBe("printed\n");
});

it("says what is lost where Node itself ends over it", async () => {
  const { reply } = await kernel.execute(`let kept = 42; Function.prototype.apply = ${fails}`);
  const told = reply.status === "error" ? reply : (await kernel.execute("1")).reply;
  expect(told).toMatchObject({ status: "error", ename: "SessionEnded" });
  expect(told.evalue).toContain("variables are lost (kept)");
  expect(resultText(await kernel.execute("1 + 1"))).toBe("2");
});

it("runs a person's own formatter with what they made of JavaScript's objects, printed and as a result", async () => {
  const code = `JSON.stringify = () => "patched"; const shown = { [Symbol.for("nodejs.util.inspect.custom")]: () => JSON.stringify(1) };`;
  await kernel.execute(code);
  const run = await kernel.execute("console.log(shown); shown");
  expect(streamText(run)).toBe("patched\n");
  expect(resultText(run)).toBe("patched");
  const thrown = await kernel.execute("throw shown");
  expect(thrown.reply.evalue).toBe("patched");
  const rows = await kernel.execute("[{ get a() { return JSON.stringify(1) } }, { a: 'b' }]");
  expect(resultText(rows)).toMatch(/patched/);
});

it("leaves a person's replacement in place when an interrupt ends what shows their value", async () => {
  // What it prints comes only after it: output of this turn of the event loop is gathered.
  const file = join(kernel.folder, "begun");
  await kernel.execute(
    `const begun = () => require("fs").writeFileSync(${JSON.stringify(file)}, "");
JSON.parse = () => "patched"; const endless = { [Symbol.for("nodejs.util.inspect.custom")]() { begun(); for (;;) {} } };`,
  );
  for (const code of ["endless", "[{ get a() { begun(); for (;;) {} } }, { a: 1 }]"]) {
    const id = await kernel.start(code);
    await expect.poll(() => existsSync(file)).toBe(true);
    rmSync(file);
    await kernel.request("interrupt_request", {}, "control");
    expect((await kernel.finished(id)).reply.status).toBe("error");
    expect(resultText(await kernel.execute("JSON.parse('1')"))).toBe("'patched'");
  }
});
