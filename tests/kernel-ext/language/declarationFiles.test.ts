import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { DeclarationFiles } from "../../../kernel-ext/language/declarationFiles.js";
import { typescriptExecutable } from "../../../kernel-ext/language/typescriptExecutable.js";
import { userConfig } from "../../../kernel-ext/language/userConfig.js";

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "tunelab-declarations-")));
  for (const file of [
    "a.d.ts",
    "code.ts",
    "types/b.d.ts",
    "types/deep/er/c.d.mts",
    "types/deep/code.ts",
    "src/types/d.d.ts",
    "srcs/e.d.ts",
    "out/f.d.ts",
    "node_modules/pk/g.d.ts",
    "packages/one/node_modules/pk/h.d.ts",
    "packages/one/i.d.ts",
    ".hidden/j.d.ts",
  ])
    write(file, "export {};");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): void {
  const file = join(folder, name);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
}

/** What TypeScript itself takes by the tsconfig.json. */
function byTypeScript(): string[] {
  const { stdout } = spawnSync(
    typescriptExecutable(),
    ["-p", folder, "--listFilesOnly", "--noLib", "--types", "[]"],
    { encoding: "utf8" },
  );
  const files = stdout.split("\n").map((file) => relative(folder, file.trim()));
  return files.filter((file) => /\.d\.[cm]?ts$/.test(file) && !file.startsWith("..")).sort();
}

it.each([
  {},
  { compilerOptions: { outDir: "out" } },
  { include: ["src"] },
  { include: ["types/*", "src/**/*"] },
  { include: ["**/*.ts"] },
  { include: ["t?pes/**/c.d.mts", "./a.d.ts"] },
  { include: ["**/types"] },
  { include: ["types"], exclude: ["types/deep"] },
  { include: ["**/*"], exclude: ["**/types", "out/*"] },
  { files: ["types/b.d.ts", "code.ts"] },
  { files: ["a.d.ts"], include: ["srcs"] },
  { include: ["packages"] },
  { include: ["packages"], exclude: ["**/one"] },
])("takes of %j the declarations that TypeScript takes", (config) => {
  write("tsconfig.json", JSON.stringify(config));
  const expected = byTypeScript();
  const found = new DeclarationFiles().of(userConfig(folder)).map((file) => relative(folder, file));
  expect(found).toEqual(expected);
});

it("has none without a tsconfig.json, and says when folders were too many", () => {
  const declarations = new DeclarationFiles();
  expect(declarations.of(userConfig(join(folder, "types")))).toEqual([]);
  write("tsconfig.json", "{}");
  declarations.of(userConfig(folder));
  expect(declarations.incomplete).toBe(false);
  for (let number = 0; number < 420; number++) mkdirSync(join(folder, `many/${number}`), { recursive: true });
  expect(declarations.of(userConfig(folder))).toContain(join(folder, "a.d.ts"));
  expect(declarations.incomplete).toBe(true);
});
