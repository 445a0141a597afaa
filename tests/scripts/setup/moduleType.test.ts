import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { keepCommonJs } from "../../../scripts/setup/moduleType.mjs";

const folder = mkdtempSync(join(tmpdir(), "tunelab-module-type-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("lets a CommonJS file below a checkout of modules run", () => {
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  const venv = join(folder, ".venv");
  mkdirSync(join(venv, "lib"), { recursive: true });
  const file = join(venv, "lib", "yarn.js");
  writeFileSync(file, 'console.log(require("node:path").sep)');
  const run = () => execFileSync(process.execPath, [file], { encoding: "utf8", stdio: "pipe" });
  expect(run).toThrow("require is not defined in ES module scope");
  keepCommonJs(venv);
  expect(run()).toBe("/\n");
});

it("leaves a package.json that is there", () => {
  writeFileSync(join(folder, "package.json"), '{"name":"mine"}');
  keepCommonJs(folder);
  expect(readFileSync(join(folder, "package.json"), "utf8")).toBe('{"name":"mine"}');
});
