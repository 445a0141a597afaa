import { expect, it } from "vitest";
import { csvText } from "../../../../src/board/web/csvText.js";

it("guards texts that a spreadsheet would run, and leaves numbers", () => {
  expect(
    csvText(
      ["run", "value"],
      [
        ["=cmd|' /C calc'!A0", -0.5],
        ["＝1,2", Number.NaN],
      ],
    ),
  ).toBe(`run,value\n'=cmd|' /C calc'!A0,-0.5\n"'＝1,2",NaN\n`);
});
