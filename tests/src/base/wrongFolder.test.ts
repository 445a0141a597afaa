import { join } from "node:path";
import { expect, it } from "vitest";
import { wrongFolder } from "../../../src/base/wrongFolder.js";

const [folder, file] = [import.meta.dirname, import.meta.filename];

it.each([
  [folder, undefined],
  [file, `--dir needs a folder; ${file} is a file`],
  [join(file, "below"), `--dir needs a folder; ${file}/below is not there`],
  [join(folder, "red\u001b[31m"), `--dir needs a folder; ${folder}/red·[31m is not there`],
])("of %j says %j", (path, sentence) => {
  expect(wrongFolder(path)).toBe(sentence);
});
