/** Which lines of which cells an error shows, in a real kernel. */
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CellMaps } from "../../../kernel-ext/session/cellMaps.js";
import { whereabouts } from "../../../kernel-ext/session/errorPlace.js";
import { KernelClient, streamText } from "../kernelClient.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
});
afterAll(() => kernel.close());

/** The lines below the error's text; cells called `first` and so on in the order they are named. */
async function placesOf(source: string, more: Record<string, unknown> = {}): Promise<string[]> {
  const { messages } = await kernel.execute(source, more);
  const traceback = messages.find(({ type }) => type === "error")?.content.traceback ?? [];
  const text = stripVTControlCharacters((traceback as string[]).join("\n"));
  return named(text.split("\n").slice(1));
}

function named(lines: readonly string[]): string[] {
  const cells: string[] = [];
  return lines.map((line) =>
    line.replace(/\bcell([ -])(\d+)/g, (_whole, mark: string, cell: string) => {
      if (!cells.includes(cell)) cells.push(cell);
      return `${["first", "second"][cells.indexOf(cell)]}${mark}`;
    }),
  );
}

it("the functions that await the one that threw, over cells, and the line of the cell that ran", async () => {
  await kernel.execute(
    'async function inner() {\n  await new Promise((r) => setTimeout(r, 5));\n  throw new Error("deep");\n}\nasync function middle() { await inner(); }\nasync function outer() { await middle(); }',
  );
  await kernel.execute("const unrelated: number = 1");
  expect(await placesOf("const before = 2;\nawait outer();")).toEqual([
    "first , line 3",
    "  2 |   await new Promise((r) => setTimeout(r, 5));",
    '> 3 |   throw new Error("deep");',
    "    |         ^",
    "  4 | }",
    "second , line 2",
    "  1 | const before = 2;",
    "> 2 | await outer();",
    "    | ^",
    "    at inner (first-.ts:3:9)",
    "    at async middle (first-.ts:5:27)",
    "    at async outer (first-.ts:6:26)",
    "    at async second-.ts:2:1",
  ]);
});

it("all awaits on the way of an error that was made where no cell is", async () => {
  const socket = `import { connect } from "node:net";
const refused = (): Promise<void> => new Promise((_, no) => connect(1, "127.0.0.1").on("error", no));
async function open() { await refused(); }
async function both() { await open(); }
await both();`;
  expect((await placesOf(socket)).filter((line) => /^\s+at /.test(line))).toEqual([
    "    at async open (first-.ts:3:25)",
    "    at async both (first-.ts:4:25)",
    "    at async first-.ts:5:1 {",
  ]);
});

it("a function of an earlier cell that throws at once", async () => {
  await kernel.execute('function fails() {\n  throw new RangeError("earlier");\n}');
  expect(await placesOf("fails();")).toEqual([
    "first , line 2",
    "  1 | function fails() {",
    '> 2 |   throw new RangeError("earlier");',
    "    |         ^",
    "  3 | }",
    "second , line 1",
    "> 1 | fails();",
    "    | ^",
    "    at fails (first-.ts:2:9)",
    "    at second-.ts:1:1",
  ]);
});

it.each([
  ["thrown in a timer", 'setTimeout(() => {\n  throw new Error("late");\n}, 5);\n1', "Uncaught: Error: late"],
  [
    "of a promise nobody awaits",
    'void (async () => {\n  throw new Error("late");\n})();\n1',
    "Unhandled rejection: Error: late",
  ],
])("the line of an error %s, where it stands in the source", async (_what, source, head) => {
  const id = await kernel.start(`interface Gone { x: number }\n${source}`);
  const execution = await kernel.finished(id);
  const text = await kernel.until(
    () => streamText({ ...execution, messages: kernel.below(id) }, "stderr"),
    "the error",
  );
  expect(text.split("\n")[0]).toBe(head);
  expect(text).toMatch(/\ncell \d+, line 3\n.*\n> 3 \| {3}throw new Error\("late"\);\n {4}\| {9}\^\n/);
  expect(text).toMatch(/\n {4}at .*cell-\d+\.ts:3:9/);
});

it("names as the person wrote them", async () => {
  const namespace = 'namespace N {\n  export const f = () => { throw new Error("no"); };\n}\nN.f();';
  expect(await placesOf(namespace)).toContain("    at N.f (first-.ts:2:34)");
  const own = 'const _N: { f?: () => void } = {};\n_N.f = () => { throw new Error("no"); };\n_N.f();';
  expect(await placesOf(own)).toContain("    at _N.f (first-.ts:2:22)");
  const uncounted = 'function g() {\n  throw new Error("no");\n}\ng();';
  const lines = await placesOf(uncounted, { store_history: false });
  expect(lines).toContain("    at g (a cell without number:2:9)");
  expect(lines.join("\n")).not.toContain("cell-");
  const { messages } = await kernel.execute("%typecheck off\nconst process = {} as any;\nprocess.foo();");
  expect(messages.find(({ type }) => type === "error")?.content.evalue).toBe("process.foo is not a function");
});

it.each(["/a", "/a.js", "file:///a.ts "])("gets through a frame of a megabyte: %s", (part) => {
  const frame = `    at ${part.repeat(Math.ceil(2 ** 20 / part.length))}`;
  expect(whereabouts([frame], new CellMaps())).toEqual([frame]);
});
