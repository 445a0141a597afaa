import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { npmIsCurrent } from "../../../scripts/setup/npmPackages.mjs";

const folder = mkdtempSync(join(tmpdir(), "tunelab-npm-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, packages: Record<string, unknown>): void {
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  writeFileSync(join(folder, file), JSON.stringify({ packages }));
}

test("is current when each locked package is there in its version; one for other machines may be missing", () => {
  const locked = {
    "": { name: "tunelab" },
    "node_modules/a": { version: "1.0.0" },
    "node_modules/b-darwin": { version: "2.0.0", optional: true },
  };
  write("package-lock.json", locked);
  expect(npmIsCurrent(folder)).toBe(false);
  write("node_modules/.package-lock.json", { "node_modules/a": { version: "1.0.0" } });
  expect(npmIsCurrent(folder)).toBe(true);
  write("node_modules/.package-lock.json", { "node_modules/a": { version: "1.0.1" } });
  expect(npmIsCurrent(folder)).toBe(false);
  write("node_modules/.package-lock.json", { "node_modules/b-darwin": { version: "2.0.0" } });
  expect(npmIsCurrent(folder)).toBe(false);
});

/** `npm install` beside an existing node_modules drops other machines' packages from the lock; `npm ci` then fails. */
test("package-lock.json has the optional packages of every machine, and names no registry", () => {
  const text = readFileSync(fileURLToPath(new URL("../../../package-lock.json", import.meta.url)), "utf8");
  const { packages } = JSON.parse(text) as {
    packages: Record<string, { optionalDependencies?: Record<string, string>; dev?: boolean }>;
  };
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !packages[`${path}/node_modules/${name}`] && !packages[`node_modules/${name}`])
      .map((name) => `${path} → ${name}`),
  );
  expect(missing).toEqual([]);
  expect(text).not.toContain('"resolved"');
});
