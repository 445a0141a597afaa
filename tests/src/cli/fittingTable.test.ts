import { expect, test } from "vitest";
import { fittingTable, shortened, textWithLeftOut } from "../../../src/cli/fittingTable.js";

const table = { header: ["run", "wide", "loss", "loss"], rows: [["a", "x".repeat(20), 1, 2]] };

test("takes the columns named first, then the others in their order, while there is room", () => {
  expect(fittingTable(table, { width: 15, first: ["loss"] })).toEqual({
    header: ["run", "loss", "loss"],
    rows: [["a", 1, 2]],
  });
  expect(fittingTable(table, { width: 29, first: ["run", "wide"] }).header).toEqual(["run", "wide"]);
  expect(fittingTable(table, { width: 100, first: [] })).toEqual(table);
});

test("names what is left out, to the end of the line", () => {
  const small = { header: ["run"], rows: [["a"]] };
  const lines = (names: string[], hint: string, width: number) =>
    textWithLeftOut(small, { names, hint, width }).split("\n");
  expect(lines(["run"], "", 80)).toEqual(["run", "───", "a"]);
  expect(lines(["run", "lr"], "--json has them", 80).slice(3)).toEqual([
    "",
    "1 more column (--json has them): lr",
  ]);
  expect(lines(["lr", "units"], "x", 20).at(-1)).toBe("2 more columns (x):…");
});

test("cuts names and texts, and keeps what stands in brackets", () => {
  const cells = [`${"n".repeat(40)} (12)`, "t".repeat(40), "2026-11-24 13:20:11"];
  const { rows } = shortened({ header: ["run", "text", "started"], rows: [cells] });
  expect(rows).toEqual([[`${"n".repeat(22)}… (12)`, `${"t".repeat(27)}…`, "2026-11-24 13:20"]]);
});
