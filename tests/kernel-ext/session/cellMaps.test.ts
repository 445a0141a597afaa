import { expect, it } from "vitest";
import { CellMaps } from "../../../kernel-ext/session/cellMaps.js";

it("gives a namespace's functions their written names, unless the cell has the other one", () => {
  const maps = new CellMaps();
  maps.add(1, "namespace N { export function f() { throw 1 } }", undefined);
  maps.add(2, "class _N { static f() { throw 1 } }", undefined);
  const frames = (name: string) =>
    ["", "async ", "new "]
      .flatMap((how) => [`    at ${how}${name}.f (cell-1.ts:1:5)`, `    at ${how}_N.f (cell-2.ts:1:5)`])
      .join("\n");
  expect(maps.asWritten(frames("_N"))).toBe(frames("N"));
});

it("maps frames, and leaves a place that the library has mapped", () => {
  const maps = new CellMaps();
  const source = "type A = 1;\n\nf();\n";
  // "f" of the first line of the code stands in the third of the source: segments [0, 0, 2, 0].
  maps.add(3, source, JSON.stringify({ version: 3, sources: ["cell-3.ts"], names: [], mappings: "AAEA" }));
  expect(maps.mapText("    at f (cell-3.ts:1:1)\n    at async cell-3.ts:1:1")).toBe(
    "    at f (cell-3.ts:3:1)\n    at async cell-3.ts:3:1",
  );
  for (const mapped of ["cannot be captured, at cell-3.ts:1:1", "{ line: 'cell-3.ts:1:1' }"])
    expect(maps.mapText(mapped)).toBe(mapped);
});

it("gets through a line of a megabyte", () => {
  const maps = new CellMaps();
  maps.add(1, "1", undefined);
  const long = "at _A.".repeat(170_000);
  expect(maps.asWritten(`${long} cell-1`)).toBe(`${long} cell-1`);
  expect(maps.asWritten(`${long}(cell-1.ts:1:2)\n`)).toBe(
    `at A.${long.slice("at _A.".length)}(cell-1.ts:1:2)\n`,
  );
});
