import { appendFileSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildIsCurrent, runBuild } from "../../../scripts/setup/buildStep.mjs";

const inputs = [
  "src/index.ts",
  "tsconfig.json",
  "scripts/build.mjs",
  "scripts/bundleKernel.mjs",
  "package-lock.json",
];

test.each(inputs)("a build is stale once %s changed", async (changed) => {
  const root = mkdtempSync(join(tmpdir(), "build-"));
  for (const folder of ["src", "scripts", "dist/src"]) mkdirSync(join(root, folder), { recursive: true });
  for (const file of [...inputs, "dist/src/index.js"]) writeFileSync(join(root, file), "");
  expect(buildIsCurrent(root)).toBe(false);
  await runBuild(root, join(root, "build.log"));
  expect(buildIsCurrent(root)).toBe(true);
  appendFileSync(join(root, changed), "\n");
  expect(buildIsCurrent(root)).toBe(false);
});
