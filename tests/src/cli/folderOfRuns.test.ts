import { resolve } from "node:path";
import { expect, test } from "vitest";
import { Misuse } from "../../../src/cli/command.js";
import { folderOfRuns } from "../../../src/cli/folderOfRuns.js";
import { main } from "../../../src/cli/main.js";

test("a folder is given as its whole path", () => {
  expect(folderOfRuns("tests")).toBe(resolve("tests"));
  expect(folderOfRuns(undefined)).toBeUndefined();
  expect(() => folderOfRuns("nosuch")).toThrow(Misuse);
});

test.each(["runs", "best loss", "compare a b", "doctor", "board", "export a --to csv"])(
  "tunelab %s says of --dir that it is a file, or not there, as misuse",
  async (words) => {
    const file = import.meta.filename;
    for (const [dir, what] of [
      [file, "a file"],
      [`${file}/none`, "not there"],
    ] as const) {
      let complaint = "";
      const code = await main(
        [...words.split(" "), "--dir", dir],
        () => {},
        (text) => {
          complaint += text;
        },
      );
      expect([code, complaint]).toEqual([2, `--dir needs a folder; ${dir} is ${what}\n`]);
    }
  },
);
