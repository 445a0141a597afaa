import { stripVTControlCharacters } from "node:util";
import { runInThisContext } from "node:vm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { InterruptedPlace } from "../../../kernel-ext/session/interruptedPlace.js";
import { KernelClient, resultText } from "../kernelClient.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
  await kernel.execute("%typecheck off");
});
afterAll(() => kernel.close());

/** What a cell that is interrupted after its first print says, with 3 for its number. */
async function told(code: string): Promise<string> {
  const id = await kernel.start(code);
  await kernel.until(() => kernel.below(id).some(({ type }) => type === "stream"), "the cell's first print");
  await kernel.request("interrupt_request", {}, "control");
  const { reply } = await kernel.finished(id);
  expect(reply).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
  const { execution_count: count, traceback } = reply as { execution_count: number; traceback: string[] };
  return stripVTControlCharacters(traceback.join("\n")).replaceAll(
    new RegExp(`\\bcell([ -])${count}\\b`, "g"),
    "cell$13",
  );
}

const head = "KeyboardInterrupt: the cell was interrupted\n";
const begin = "console.log('begun');";
const nap = "new Promise((r) => setTimeout(r, 10))";

it.each([
  [
    "a loop",
    `type T = 1;\n${begin}\nfor (;;) {}`,
    "cell 3, line 3\n  2 | console.log('begun');\n> 3 | for (;;) {}\n",
  ],
  [
    "an await",
    `${begin}\nawait new Promise<void>(() => {});\n1`,
    "cell 3, line 2\n  1 | console.log('begun');\n> 2 | await new",
  ],
  [
    "a later await",
    `await 1; await ${nap};\n${begin}\nawait ${nap}; await new Promise(() => {})`,
    "cell 3, line 3\n",
  ],
  [
    "for await",
    `async function* on() { for (;;) yield await ${nap} }\n${begin}\nfor await (const one of on()) {}`,
    "cell 3, line 3\n",
  ],
  [
    "more awaits than errors remember",
    `for (let i = 0; i < 3000; i++) await Promise.resolve();\n\n${begin} for (;;) await ${nap}`,
    "cell 3, line 3\n",
  ],
  [
    "an await below an import",
    `${begin}\nimport "node:fs";\nawait new Promise((_, no) => setTimeout(no, 1e6))`,
    "cell 3, line 3\n",
  ],
])("names the line of %s", async (_what, code, place) => {
  expect(await told(code)).toContain(`${head}${place}`);
});

it("names the functions that led there, also those of other cells", async () => {
  await kernel.execute("function inner() {\n  for (;;) {}\n}");
  const text = await told(
    `async function outer() {\n  await ${nap}; ${begin}\n  inner();\n}\n\nawait outer()`,
  );
  expect(text).toMatch(/\ncell \d+, line 2\n {2}1 \| function inner\(\) \{\n> 2 \| {3}for \(;;\) \{\}\n/);
  expect(text).toMatch(/\ncell 3, line 3\n {2}2 \|[^\n]*\n> 3 \| {3}inner\(\);\n/);
  expect(text).toMatch(
    /\n {4}at inner \(cell-\d+\.ts:2:\d+\)\n {4}at outer \(cell-3\.ts:3:3\)\n {4}at async cell-3\.ts:6:/,
  );
  expect(text).not.toMatch(/node:|anonymous/);
});

it("names a magic's line, of several", async () => {
  expect(await told(`${begin}\n!sleep 30`)).toBe(`${head}cell 3, line 2\n> 2 | !sleep 30`);
  expect(await told(`${begin}\n%timeit -n 1000000000 Math.sqrt(2)`)).toContain("> 2 | %timeit -n 1000000000");
});

it("says nothing of a place that it cannot know", async () => {
  const own = "Error.prepareStackTrace = () => { for (;;) {} };";
  expect(await told(`${own}\n${begin}\nfor (;;) {}`)).toBe(head.trimEnd());
  await kernel.execute("delete Error.prepareStackTrace");
});

it.each([
  ["Error.prepareStackTrace = () => { throw new Error('own') };", "delete Error.prepareStackTrace"],
  ["String.prototype.split = () => { throw new Error('own') };", ""],
  ["Array.prototype.find = () => { for (;;) {} };", ""],
])("ends a cell at an await whatever cells made of what writes stacks: %s", async (own, undo) => {
  const noted = "const first = [String.prototype.split, Array.prototype.find]; 1";
  await kernel.execute(noted);
  expect(await told(`${own}\n${begin}\nawait new Promise(() => {})`)).toContain(head.trimEnd());
  await kernel.execute(`${undo}; [String.prototype.split, Array.prototype.find] = first; 1`);
  expect(resultText(await kernel.execute("1 + 1"))).toBe("2");
});

describe("a place", () => {
  const { prepareStackTrace } = Error;
  afterEach(() => {
    Error.prepareStackTrace = prepareStackTrace;
  });
  beforeEach(() => {
    // As V8 writes stacks, without Vitest's own way.
    Object.assign(Error, { prepareStackTrace: undefined });
  });
  const inCell = (line: number, code: () => void) =>
    (
      runInThisContext(`${"\n".repeat(line - 1)}(code) => code()`, { filename: "cell-7.ts" }) as (
        code: () => void,
      ) => void
    )(code);

  it("is the first at which the cell was found, where it computed before where it awaited", () => {
    const place = new InterruptedPlace();
    place.noteAwait(() => "first");
    place.noteAwait(() => "second");
    expect(place.stack).toBe("first");
    place.noteStack();
    expect(place.stack).toBe("first");
    inCell(3, place.noteStack);
    inCell(4, place.noteStack);
    expect(place.stack).toMatch(/cell-7\.ts:3:/);
    place.forget();
    expect(place.stack).toBeUndefined();
  });

  it("is not asked for where cells write stacks in their own way", () => {
    const place = new InterruptedPlace();
    let asked = 0;
    Error.prepareStackTrace = () => {
      asked++;
      return "at cell-7.ts:1:1";
    };
    place.noteAwait(() => `${asked++}`);
    inCell(1, place.noteStack);
    expect([asked, place.stack]).toEqual([0, undefined]);
  });
});

it("ends a cell whose own getter would keep it from being noted where that is", async () => {
  const endless = "{ configurable: true, get() { if (asked++ === 0) for (;;) {} return parse; } }";
  const own = `let asked = 0; const { parse } = JSON; Object.defineProperty(JSON, "parse", ${endless});`;
  // Written past the session, whose own writing would ask the getter.
  const begun = `const { writeSync } = require("node:fs"); ${own} writeSync(1, "begun\\n");`;
  expect(await told(`${begun} for (;;) {}`)).toContain(head.trimEnd());
  await kernel.execute(
    'Object.defineProperty(JSON, "parse", { value: parse, writable: true, configurable: true }); 1',
  );
  expect(resultText(await kernel.execute("asked > 1"))).toBe("true");
});

it("does not tell of the interrupt before", async () => {
  await told(`${begin} for (;;) {}`);
  const { reply } = await kernel.execute("1;\nthrow new Error('own')");
  expect(stripVTControlCharacters((reply.traceback as string[]).join("\n"))).toMatch(/> 2 \| throw/);
  expect(await told(`\n\n${begin} await new Promise(() => {})`)).toContain("cell 3, line 3\n");
});
