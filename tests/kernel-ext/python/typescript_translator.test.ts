/** papermill's parameters as TypeScript: what is written, and what it is worth once it is run. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { transformSync } from "oxc-transform";
import { expect, test } from "vitest";
import { testProgram } from "../../e2e/jupyterPrograms.js";

interface Answer {
  readonly declared: readonly (readonly string[])[];
  readonly cell: string;
  readonly error?: string;
}

/** Parameters as a Python expression, and the source of the cell of defaults if there is one. */
type Case = readonly [parameters: string, source?: string];

/** All cases in one Python, as it takes over a second to start. */
function codify(...cases: readonly Case[]): Answer[] {
  const input = cases.map(([parameters, source = null]) => ({ parameters, source }));
  const { stdout, stderr, status } = spawnSync(
    testProgram("python"),
    [fileURLToPath(new URL("codify.py", import.meta.url))],
    { input: JSON.stringify(input), encoding: "utf8" },
  );
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout) as Answer[];
}

/** The lines below the comment. */
const lines = (answer?: Answer) => answer?.cell.trim().split("\n").slice(1);

function worth(cell: string, name: string): unknown {
  const { code, errors } = transformSync("cell.ts", cell);
  expect(errors).toEqual([]);
  return new Function(`${code}; return ${name};`)();
}

test("values of every kind come back as they were", () => {
  const [answer] = codify([
    `dict(x=[None, True, -3, 1e-05, 1e22, float("nan"), float("-inf"), (1, [])], y={"a b": {"c": []}, "constructor": 1},
      z="quote \\" back \\\\ line \\n \\u2028 \\U0001F600 \\ud800 \`")`,
  ]);
  const cell = answer?.cell ?? "";
  expect(worth(cell, "x")).toEqual([null, true, -3, 1e-5, 1e22, Number.NaN, -Infinity, [1, []]]);
  expect(worth(cell, "y")).toEqual({ "a b": { c: [] }, constructor: 1 });
  expect(worth(cell, "z")).toBe('quote " back \\ line \n \u2028 \u{1F600} \ud800 `');
});

test("without a default a parameter is as wide as its kind, and text is itself", () => {
  const [answer] = codify(["dict(a=1, b=0.5, c=False, d='sgd', e=None, f=[])"]);
  expect(lines(answer)).toEqual([
    "const a: number = 1;",
    "const b: number = 0.5;",
    "const c: boolean = false;",
    'const d = "sgd";',
    "const e: any = null;",
    "const f: any[] = [];",
  ]);
});

test("a default's keyword and annotation are kept, each for its own name", () => {
  const source = `import { fit } from "tunelab";
export const rate: (epoch: number) => number = (epoch) => 1 / epoch, units = 2; // units of all layers
let mode: "a" | "b" =
  "a";
function f() { const inner = 1; }
const table: Map<string, number> | undefined
  = undefined // sizes
var count = [1, 2]
  .length
const { pulled } = { pulled: 1 };`;
  const [answer] = codify(["dict(units=3, mode='b', table=None, count=4, inner=2)", source]);
  expect(answer?.declared).toEqual([
    ["rate", "(epoch: number) => number", "(epoch) => 1 / epoch", ""],
    ["units", "number", "2", "units of all layers"],
    ["mode", '"a" | "b"', '"a"', ""],
    ["table", "Map<string, number> | undefined", "undefined", "sizes"],
    ["count", "None", "[1, 2] .length", ""],
  ]);
  expect(lines(answer)).toEqual([
    "const units: number = 3;",
    'let mode: "a" | "b" = "b";',
    "const table: Map<string, number> | undefined = undefined;",
    "var count = 4;",
    "const inner: number = 2;",
  ]);
});

test("a cell that is no TypeScript hinders nothing", () => {
  const broken = ["", "const", "const = 3", "let x:", "`${", "const a = (", "/* open", "const a = 1, , b"];
  for (const answer of codify(...broken.map((source): Case => ["dict(z=1)", source])))
    expect(lines(answer)).toEqual(["const z: number = 1;"]);
});

test("defaults are for the run they were read for alone", () => {
  const [, answer] = codify(["dict(z=1)", "let z: 1 | 2 = 1"], ["dict(z=3)"]);
  expect(lines(answer)).toEqual(["const z: number = 3;"]);
});

test("names and numbers that TypeScript cannot hold are refused", () => {
  const errors = codify([`{"my-rate": 1}`], [`{"new": 1}`], ["dict(id=2**53)"]).map(({ error }) => error);
  expect(errors).toEqual([
    expect.stringContaining("name that a TypeScript variable may have, given 'my-rate'"),
    expect.stringContaining("given 'new'"),
    expect.stringContaining("9007199254740992 cannot be held exactly"),
  ]);
});

test("a value of another type than the default's literal is declared as that, so that the check tells of it", () => {
  const defaults = 'const rate = 0.1;\nlet name = "a";\nconst on = true, free = load();';
  const [wrong, right] = codify(
    ['dict(rate="fast", name=5, on=1, free="any")', defaults],
    ['dict(rate=1, name="b", on=False, free=None)', defaults],
  );
  expect(lines(wrong)).toEqual([
    'const rate: number = "fast";',
    "let name: string = 5;",
    "const on: boolean = 1;",
    'const free = "any";',
  ]);
  expect(lines(right)).toEqual([
    "const rate: number = 1;",
    'let name = "b";',
    "const on: boolean = false;",
    "const free: any = null;",
  ]);
});
