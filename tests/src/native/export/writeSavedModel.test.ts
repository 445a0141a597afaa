import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { writeSavedModel } from "../../../../src/native/export/writeSavedModel.js";
import { temporaryFolder } from "../../track/temporaryFolder.js";

const content = (text: string) => ({
  file: Buffer.from(text),
  saveValues: (prefix: string) => writeFileSync(`${prefix}.index`, text),
});

const filesIn = (folder: string) => readdirSync(folder, { recursive: true }).sort();

it("writes a folder and those above it", async () => {
  const folder = join(temporaryFolder(), "a", "b");
  expect(await writeSavedModel(folder, content("one"))).toBe(folder);
  expect(filesIn(folder)).toEqual(["saved_model.pb", "variables", "variables/variables.index"]);
  await writeSavedModel(
    `${folder}/`,
    { file: Buffer.from("two"), saveValues: undefined },
    { overwrite: true },
  );
  expect(readFileSync(join(folder, "saved_model.pb"), "utf8")).toBe("two");
  expect(filesIn(join(folder, ".."))).toEqual(["b", "b/saved_model.pb", "b/variables"]);
});

it("leaves what was there, and nothing else, where it fails", async () => {
  const root = temporaryFolder();
  const folder = join(root, "model");
  await writeSavedModel(folder, content("one"));
  const before = filesIn(root);
  const failing = () => {
    throw new RangeError("no such variable");
  };
  const two = { file: Buffer.from("two"), saveValues: failing };
  await expect(writeSavedModel(folder, two, { overwrite: true })).rejects.toThrow("no such variable");
  await expect(writeSavedModel(folder, content("two"))).rejects.toThrow(/ENOTEMPTY/);
  expect(filesIn(root)).toEqual(before);
  expect(readFileSync(join(folder, "saved_model.pb"), "utf8")).toBe("one");
  const file = join(folder, "saved_model.pb");
  await expect(writeSavedModel(join(file, "model"), content("three"))).rejects.toThrow(/ENOTDIR/);
  expect(filesIn(root)).toEqual(before);
});

it("lets several write at once, of whom each leaves a whole folder", async () => {
  const root = temporaryFolder();
  mkdirSync(join(root, "other"));
  const names = ["a", "b", "c"];
  await Promise.all(names.map((name) => writeSavedModel(join(root, name), content(name))));
  for (const name of names) expect(readFileSync(join(root, name, "saved_model.pb"), "utf8")).toBe(name);
  expect(readdirSync(root).sort()).toEqual(["a", "b", "c", "other"]);
});
