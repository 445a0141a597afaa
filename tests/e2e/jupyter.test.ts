/** The kernel under a real Jupyter client: nbclient of the environment. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type NotebookEvent, runNotebook } from "../../src/cli/runNotebook.js";
import { findRuns, readRun } from "../../src/track/index.js";
import { readOutputs, writeNotebook } from "./notebook.js";
import { spine } from "./spine.js";

const folder = mkdtempSync(join(tmpdir(), "tunelab-e2e-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function execute(name: string, cells: readonly string[]) {
  const source = join(folder, `${name}.ipynb`);
  const target = join(folder, "out", `${name}.ipynb`);
  const events: NotebookEvent[] = [];
  writeNotebook(source, cells);
  const failure = await runNotebook({ source, target, timeout: 120, onEvent: (event) => events.push(event) });
  return { failure, events, outputs: readOutputs(target) };
}

test("runs TypeScript cells and shows results, streams and rich outputs", async () => {
  const { failure, events, outputs } = await execute("cells", [
    "interface Point { x: number }\nconst points: Point[] = [{ x: 20 }, { x: 22 }];\npoints.reduce((sum, { x }) => sum + x, 0)",
    'console.log("to", "stdout");\nconsole.error("to stderr");',
    '({ [Symbol.for("Jupyter.display")]: () => ({ "text/html": "<b>bold</b>", "text/plain": "bold" }) })',
  ]);
  expect(failure).toBeUndefined();
  expect(outputs[0]).toMatchObject([
    { output_type: "execute_result", data: { "text/plain": expect.stringContaining("42") } },
  ]);
  expect(outputs[1]?.map(({ text }) => text)).toEqual(["to stdout\n", "to stderr\n"]);
  expect(outputs[2]?.[0]?.data).toMatchObject({ "text/html": "<b>bold</b>", "text/plain": "bold" });
  expect(events.filter(({ event }) => event === "done")).toHaveLength(3);
});

test("keeps below its cell what a pager would show", async () => {
  const { failure, outputs } = await execute("pages", ["%timeit?", "const rate = 1;\nrate?"]);
  expect(failure).toBeUndefined();
  expect(outputs.map(([page]) => page?.data?.["text/plain"])).toEqual([
    expect.stringMatching(/^%timeit \[--number N\]/),
    "const rate: 1",
  ]);
});

test("a type error stops its cell before it runs, and the executed copy keeps it", async () => {
  const { failure, outputs } = await execute("type-error", [
    'const n: number = "one";\nconsole.log("ran");',
    "1",
  ]);
  expect(failure?.cell).toBe(1);
  expect(failure?.error).toContain("not assignable to type 'number'");
  expect(outputs[0]?.map(({ output_type }) => output_type)).toEqual(["error"]);
  expect(outputs[1]).toEqual([]);
});

test("an exception names its class, its message and its line", async () => {
  const { failure } = await execute("exception", [
    "const a = 1;",
    'const f = () => {\n  throw new RangeError("too far");\n};\nf();',
  ]);
  expect(failure).toMatchObject({ cell: 2, error: "RangeError: too far" });
  expect(failure?.traceback).toMatch(/2/);
});

test("trains, records, draws and diagnoses", async () => {
  const { failure, outputs } = await execute("spine", spine);
  expect(failure).toBeUndefined();
  const [dir] = findRuns(["spine"], { dir: join(folder, "runs") });
  const { record, scalars } = readRun(dir ?? "");
  expect(record.status).toBe("finished");
  expect(scalars.get("epoch/loss")?.values).toHaveLength(3);

  const board = outputs[2]?.at(-1)?.data ?? {};
  expect(Object.keys(board).sort()).toEqual([
    "application/vnd.vegalite.v5+json",
    "image/png",
    "image/svg+xml",
    "text/plain",
  ]);
  expect(JSON.stringify(board).length).toBeLessThan(1_000_000);
  expect(String(outputs[3]?.at(-1)?.data?.["text/plain"])).toContain("spine");
});
