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

it("gets through a line of a megabyte", () => {
  const maps = new CellMaps();
  maps.add(1, "1", undefined);
  const long = "at _A.".repeat(170_000);
  expect(maps.asWritten(`${long} cell-1`)).toBe(`${long} cell-1`);
  expect(maps.asWritten(`${long}(cell-1.ts:1:2)\n`)).toBe(
    `at A.${long.slice("at _A.".length)}(cell-1.ts:1:2)\n`,
  );
});
