import { inspect, stripVTControlCharacters } from "node:util";
import { expect, it } from "vitest";
import { compileCell } from "../../../kernel-ext/language/compileCell.js";
import { KeyboardInterrupt } from "../../../kernel-ext/session/awaitRegistry.js";
import { CellMaps } from "../../../kernel-ext/session/cellMaps.js";
import type { CellRecord } from "../../../kernel-ext/session/compiledCell.js";
import { errorReport, errorText } from "../../../kernel-ext/session/errorReport.js";

/** Columns as V8 would give them: where `needle` stands in the generated code. */
async function cellWith(source: string, needle: string) {
  const { code, map } = await compileCell(source, 3);
  const before = code.slice(0, code.indexOf(needle));
  const maps = new CellMaps();
  maps.add(3, source, map);
  return {
    maps,
    frame: `cell-3.ts:${before.split("\n").length}:${before.length - before.lastIndexOf("\n")}`,
  };
}

it("shows name, text, the line at fault and the person's frames only", async () => {
  const source = "interface Gone { x: number }\nenum Also { A }\nthrow new RangeError('too far')";
  const { maps, frame } = await cellWith(source, "new RangeError");
  const error = new RangeError("too far");
  error.stack = `RangeError: too far\n    at ${frame}\n    at node:internal/main/run:1:1\n    at new Promise (<anonymous>)`;
  const { ename, evalue, traceback } = errorReport(error, maps);
  expect([ename, evalue]).toEqual(["RangeError", "too far"]);
  const text = stripVTControlCharacters(traceback.join("\n"));
  expect(text).toBe(
    [
      "RangeError: too far",
      "cell 3, line 3",
      "  2 | enum Also { A }",
      "> 3 | throw new RangeError('too far')",
      "    |       ^",
      "    at cell-3.ts:3:7",
    ].join("\n"),
  );
});

it("maps causes too", async () => {
  const { maps, frame } = await cellWith("type T = 1;\nfail()", "fail()");
  const cause = new Error("inner");
  cause.stack = `Error: inner\n    at ${frame}`;
  const error = new Error("outer", { cause });
  error.stack = "Error: outer\n    at node:internal/x:1:1";
  expect(errorReport(error, maps).traceback.join("\n")).toContain("cell-3.ts:2:1");
});

it("falls back to the nearest mapping in inserted text", async () => {
  const { maps, frame } = await cellWith("missing", "__tsk.res");
  const line = maps.mapText(`at ${frame}`);
  expect(line).toBe("at cell-3.ts:1:1");
});

it.each([
  ["a text", "'a text'"],
  [{ code: 5 }, "{ code: 5 }"],
  [undefined, "undefined"],
])("tells of a thrown %j that is no Error", (thrown, evalue) => {
  expect(errorReport(thrown, new CellMaps())).toMatchObject({ ename: "Thrown", evalue });
});

it("leaves positions of unknown cells as they are", () => {
  expect(new CellMaps().mapText("cell-9.ts:4:5")).toBe("cell-9.ts:4:5");
});

const hostile: [string, () => unknown][] = [
  ["an error whose stack throws", () => Object.defineProperty(new Error("a"), "stack", { get: fail })],
  ["an error whose look throws", () => Object.assign(new Error("a"), { [inspect.custom]: fail })],
  ["an error whose name is no text", () => Object.assign(new Error("a"), { name: { toString: fail } })],
  [
    "an error whose message has no text",
    () => Object.assign(new Error("a"), { message: Object.create(null) }),
  ],
  ["a value whose look throws", () => ({ [inspect.custom]: fail })],
  ["a Proxy that throws at everything", () => new Proxy({}, { get: fail, getPrototypeOf: fail })],
];

it.each(hostile)("tells of %s without throwing itself", (_what, thrown) => {
  const { ename, traceback } = errorReport(thrown(), new CellMaps());
  expect(["Error", "Thrown"]).toContain(ename);
  expect(traceback.join("")).not.toBe("");
});

function fail(): never {
  throw new Error("hostile");
}

it("names an interrupt as Jupyter does, whether a cell or a training ended, and no error of a person's own by that name", async () => {
  const { maps, frame } = await cellWith("throw new Interrupted('mine')", "new Interrupted");
  const { FitInterrupted } = await import("../../../src/index.js");
  for (const error of [new KeyboardInterrupt("stopped"), new FitInterrupted("stopped", {} as never)]) {
    const { ename, evalue, traceback } = errorReport(error, maps);
    expect([ename, evalue, traceback.length]).toEqual(["KeyboardInterrupt", "stopped", 1]);
  }
  for (const name of ["Interrupted", "KeyboardInterrupt"]) {
    const own = Object.assign(new Error("mine"), { name });
    own.stack = `${name}: mine\n    at ${frame}`;
    const report = errorReport(own, maps);
    expect(report).toMatchObject({ ename: name, evalue: "mine" });
    const text = stripVTControlCharacters(report.traceback.join("\n"));
    expect(text).toContain("cell 3, line 1\n> 1 | throw new Interrupted('mine')");
  }
});

it("says what is here instead of a browser's function, unless the name is a cell's that failed", () => {
  const missing = new ReferenceError("prompt is not defined");
  const hint = (earlier: CellRecord[]) => errorReport(missing, new CellMaps(), { earlier }).traceback.at(-1);
  expect(hint([])).toBe('await input("…") asks for a line of text below the cell.');
  const facts = { declares: [{ name: "prompt", value: true }] };
  expect(hint([{ number: 2, status: "error", facts } as never])).toMatch(/^cell 2 declares prompt, but/);
  const other = errorReport(new ReferenceError("document is not defined"), new CellMaps());
  expect(other.traceback.join("\n")).not.toContain("below the cell");
});

it("cuts a long message, and shows the frames behind it", async () => {
  const { maps, frame } = await cellWith(`type T = 1;\nfail() // ${"r".repeat(200_000)}`, "fail()");
  const error = new Error("m".repeat(300_000));
  error.stack = `Error: ${error.message}\n    at ${frame}`;
  const { evalue, traceback } = errorReport(error, maps);
  expect(evalue).toBe(`${"m".repeat(100_000)}\n… 200000 more characters`);
  const lines = stripVTControlCharacters(traceback.join("\n")).split("\n");
  expect(lines[0] === `Error: ${"m".repeat(100_000 - "Error: ".length)}`).toBe(true);
  expect(lines.slice(1)).toEqual([
    `… ${200_000 + "Error: ".length} more characters`,
    "cell 3, line 2",
    "  1 | type T = 1;",
    expect.stringMatching(/^> 2 \| fail\(\) \/\/ r+$/),
    `… ${200_000 - 100_000 + "> 2 | fail() // ".length} more characters`,
    "    | ^",
    "    at cell-3.ts:2:1",
  ]);
});

it("cuts a long name, and what a thrown value looks like", () => {
  const name = "N".repeat(300_000);
  expect(errorReport(Object.assign(new Error("m"), { name }), new CellMaps()).ename).toBe(
    `${"N".repeat(100_000)}\n… 200000 more characters`,
  );
  const thrown = { [inspect.custom]: () => "v".repeat(300_000) };
  const { evalue, traceback } = errorReport(thrown, new CellMaps());
  expect(evalue).toBe(`${"v".repeat(100_000)}\n… 200000 more characters`);
  expect(stripVTControlCharacters(traceback.join("\n"))).toBe(`Thrown: ${evalue}`);
});

it("cuts what follows an error's message, however many lines it has", () => {
  const error = new Error("short");
  const frame = "\n    at f (person.js:1:1)";
  error.stack = `Error: short${frame.repeat(10_000)}`;
  expect(errorText(error, new CellMaps())).toBe(
    `Error: short${frame.repeat(10_000).slice(0, 100_000)}\n… ${frame.length * 10_000 - 100_000} more characters`,
  );
});
