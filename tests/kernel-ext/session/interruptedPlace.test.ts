import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
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

it("does not tell of the interrupt before", async () => {
  await told(`${begin} for (;;) {}`);
  const { reply } = await kernel.execute("1;\nthrow new Error('own')");
  expect(stripVTControlCharacters((reply.traceback as string[]).join("\n"))).toMatch(/> 2 \| throw/);
  expect(await told(`\n\n${begin} await new Promise(() => {})`)).toContain("cell 3, line 3\n");
});
