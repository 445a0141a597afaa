import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { textIfThere } from "../../../src/base/textIfThere.js";

const folder = mkdtempSync(join(tmpdir(), "tunelab-text-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a file's text is read, an empty one too", () => {
  const file = join(folder, "said.txt");
  writeFileSync(file, "größer");
  expect(textIfThere(file)).toBe("größer");
  writeFileSync(file, "");
  expect(textIfThere(file)).toBe("");
});

test("where no file is there is no text", () => {
  expect(textIfThere(join(folder, "nothing.txt"))).toBeUndefined();
});

test("what is there and cannot be read is an error", () => {
  expect(() => textIfThere(folder)).toThrow("EISDIR");
});
