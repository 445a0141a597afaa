import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { userConfig } from "../../../kernel-ext/language/userConfig.js";

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "tunelab-config-")));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: unknown): void {
  const file = join(folder, name);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
}

const base = { compilerOptions: { target: "es2022" } };

it.each([
  ["@tsconfig/node20", { "tsconfig.json": base, "package.json": { name: "@tsconfig/node20" } }],
  ["@tsconfig/node20/tsconfig.json", { "tsconfig.json": base }],
  ["@tsconfig/node20/tsconfig", { "tsconfig.json": base }],
  ["configs/strict", { "strict.json": base, "package.json": { name: "configs" } }],
  ["configs/strict", { "strict/tsconfig.json": base, "package.json": { name: "configs" } }],
  ["configs", { "tsconfig.json": base, "index.js": "0", "package.json": { main: "index.js" } }],
  ["configs", { "base.json": base, "package.json": { exports: "./base.json" } }],
  ["configs/strict", { "a.json": base, "package.json": { exports: { "./strict": "./a.json" } } }],
])("extends %s of a package as TypeScript does: %j", (name, files) => {
  write("tsconfig.json", { extends: name, compilerOptions: { strict: true } });
  const root = name.split("/", name.startsWith("@") ? 2 : 1).join("/");
  for (const [file, content] of Object.entries(files)) write(`node_modules/${root}/${file}`, content);
  expect(userConfig(folder)).toMatchObject({ options: { target: "es2022", strict: true } });
});

it("says in one sentence which package is missing, and notices that it was installed", () => {
  write("tsconfig.json", { extends: "@tsconfig/node20" });
  const before = userConfig(folder);
  expect(before).toMatchObject({ options: {} });
  expect(before.problem).toBe(
    `${join(folder, "tsconfig.json")} extends "@tsconfig/node20", which no installed package has`,
  );
  expect(userConfig(folder).stamp).toBe(before.stamp);
  write("node_modules/@tsconfig/node20/package.json", { name: "@tsconfig/node20" });
  write("node_modules/@tsconfig/node20/tsconfig.json", base);
  const after = userConfig(folder);
  expect(after).toMatchObject({ options: { target: "es2022" } });
  expect(after.problem).toBeUndefined();
  expect(after.stamp).not.toBe(before.stamp);
});

it("takes the nearest one above, notices a nearer one, and passes over those of the home folder", () => {
  write("tsconfig.json", { compilerOptions: { strict: false } });
  write("proj/nb/tsconfig.json", base);
  const notebook = join(folder, "proj/nb");
  expect(userConfig(join(notebook, "deep"))).toMatchObject({
    folder: notebook,
    options: { target: "es2022" },
  });
  expect(userConfig(join(folder, "proj"))).toMatchObject({ folder, options: { strict: false } });
  write("proj/tsconfig.json", { compilerOptions: { strict: true } });
  expect(userConfig(join(folder, "proj"))).toMatchObject({ options: { strict: true } });
  vi.stubEnv("HOME", folder);
  expect(userConfig(join(folder, "other"))).not.toHaveProperty("folder");
  expect(userConfig(folder)).toMatchObject({ folder });
  vi.unstubAllEnvs();
});
