import { expect, it } from "vitest";
import { CellChecks, type Checker } from "../../../kernel-ext/front/cellChecks.js";
import { type PreparedCell, prepareCell } from "../../../kernel-ext/front/prepareCell.js";
import { DeepJson } from "../../../kernel-ext/language/deepJson.js";
import { LateAnswer } from "../../../kernel-ext/language/serverProcess.js";

type Found = Awaited<ReturnType<Checker["check"]>>;

const mistake: Found["diagnostics"][number] = {
  severity: "error",
  code: 2322,
  message: "Type 'string' is not assignable to type 'number'.",
  line: 1,
  column: 7,
  endLine: 1,
  endColumn: 8,
};
const clean = { diagnostics: [] } as unknown as Found;
const wrong = { diagnostics: [mistake] } as unknown as Found;

const { signal } = new AbortController();

/** Checks whose checker answers what `check` does; `done`: what was checked and committed, in order. */
function start(check: (cell: number, signal: AbortSignal) => Promise<Found>) {
  const done: string[] = [];
  const logged: string[] = [];
  const checks = new CellChecks(
    {
      check: async (cell, _source, stop) => {
        done.push(`check ${cell}`);
        return await check(cell, stop ?? signal);
      },
      commit: (cell) => done.push(`commit ${cell}`),
    },
    (text) => logged.push(text),
  );
  return { checks, done, logged };
}

const prepared = (source: string, cell: number): Promise<PreparedCell> =>
  prepareCell(source, cell, { own: new Set() });

it("refuses a cell with the first mistake and its place, or none", async () => {
  const { checks } = start(async (cell) => (cell === 1 ? wrong : clean));
  expect(await checks.refusal(await prepared("const a: number = 'x';", 1), signal)).toMatchObject({
    ename: "TypeScriptError",
    evalue: "Type 'string' is not assignable to type 'number'. (TS2322, line 1)",
  });
  expect(await checks.refusal(await prepared("const a = 1;", 2), signal)).toBeUndefined();
});

it("refuses a cell whose types take too long; beside a cell it says so, and the cell runs", async () => {
  const { checks, done } = start(async () => {
    throw new LateAnswer("textDocument/diagnostic", 5000);
  });
  const cell = await prepared("const a = 1;", 1);
  expect((await checks.refusal(cell, signal))?.evalue).toContain(
    "took longer than 5 s to check, so it did not run",
  );
  const told: string[] = [];
  checks.beside(cell, (text) => told.push(text));
  await checks.ended(signal);
  expect(told).toEqual([
    "[tunelab] the types of this cell took longer than 5 s to check: it runs unchecked\n",
  ]);
  expect(done.at(-1)).toBe("commit 1");
});

it("refuses a cell over JSON whose type would take too long; beside a cell it says so, and the cell runs", async () => {
  const { checks, done, logged } = start(async () => {
    throw new DeepJson("/data/deep.json", 10_000);
  });
  const cell = await prepared('import data from "./deep.json";', 1);
  expect(await checks.refusal(cell, signal)).toMatchObject({
    ename: "TypeScriptError",
    evalue: expect.stringContaining("/data/deep.json does 10,000 times"),
  });
  const told: string[] = [];
  checks.beside(cell, (text) => told.push(text));
  await checks.ended(signal);
  expect(told).toEqual([
    expect.stringMatching(/^\[tunelab\] types are inferred .*: this cell runs unchecked\n$/),
  ]);
  expect(done.at(-1)).toBe("commit 1");
  expect(logged).toEqual([]);
});

it("checks beside cells one after the other, and knows their names meanwhile", async () => {
  const { checks, done } = start(async () => {
    await new Promise(setImmediate);
    return clean;
  });
  for (const cell of [1, 2])
    checks.beside(await prepared(`const name${cell} = 1; type T${cell} = 1;`, cell), () => undefined);
  expect(checks.unknownNames).toEqual(["name1", "name2"]);
  await checks.settled();
  expect(done).toEqual(["check 1", "commit 1", "check 2", "commit 2"]);
  expect(checks.unknownNames).toEqual([]);
});

it("commits nothing of a session that is gone, and logs no failure that an end brought about", async () => {
  const { checks, done, logged } = start(
    (_, stop) =>
      new Promise((_resolve, reject) => stop.addEventListener("abort", () => reject(new Error("stopped")))),
  );
  const told: string[] = [];
  for (const cell of [1, 2]) checks.beside(await prepared("const a = 1;", cell), (text) => told.push(text));
  await new Promise(setImmediate);
  checks.forget();
  await checks.ended(signal);
  expect(done).toEqual(["check 1"]);
  expect([told, logged, checks.unknownNames]).toEqual([[], [], []]);
});

it("stops the checks beside cells when who waits for their end is interrupted", async () => {
  const { checks, done } = start(
    (_, stop) =>
      new Promise((_resolve, reject) => stop.addEventListener("abort", () => reject(new Error("stopped")))),
  );
  checks.beside(await prepared("const a = 1;", 1), () => undefined);
  await new Promise(setImmediate);
  const interrupt = new AbortController();
  const waited = checks.ended(interrupt.signal);
  interrupt.abort(new Error("interrupted"));
  await expect(waited).rejects.toThrow("interrupted");
  expect(done).toEqual(["check 1", "commit 1"]);
});
