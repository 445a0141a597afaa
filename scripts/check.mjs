// npm run check: the whole gate. Every part runs even if one before it failed; exit code 1 if any did.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findCycles, importGraph } from "./checks/importGraph.mjs";
import { findTrespasses } from "./checks/layers.mjs";
import { checkSnippets } from "./checks/snippets.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Runs a program; its output when it fails, else nothing.
 * @param {string} script
 * @param {string[]} args
 */
function program(script, ...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, script), ...args], {
    cwd: root,
    encoding: "utf8",
  });
  return status === 0 ? [] : [stdout + stderr];
}

const tsc = "node_modules/typescript/bin/tsc";
const imports = () => importGraph(root, ["src", "kernel-ext"]);
const documents = [
  "README.md",
  "CONTRIBUTING.md",
  "docs/optimisers.md",
  "docs/training.md",
  "docs/doctor.md",
  "docs/tracking.md",
  "docs/tensorflow.md",
  "docs/capture.md",
  "docs/extending.md",
].filter((name) => existsSync(join(root, name)));

/** @type {[string, () => string[]][]} */
const parts = [
  ["build", () => program("scripts/build.mjs")],
  ["types of sources, tests and benches", () => program(tsc, "-p", "tsconfig.check.json")],
  ["types of what runs in a browser or drives one", () => program(tsc, "-p", "tsconfig.web.json")],
  ["types of scripts", () => program(tsc, "-p", "tsconfig.scripts.json")],
  [
    "lint and format",
    () => program("node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."),
  ],
  ["import cycles", () => findCycles(imports()).map((cycle) => cycle.join(" → "))],
  ["layers", () => findTrespasses(imports())],
  ["dead exports and dependencies", () => program("node_modules/knip/bin/knip.js", "--no-progress")],
  ["snippets of the documents", () => checkSnippets(root, documents)],
];

const only = process.argv.slice(2);
let failed = 0;
for (const [name, run] of parts) {
  if (only.length > 0 && !only.some((word) => name.includes(word))) continue;
  const start = Date.now();
  const wrong = run();
  console.log(
    `${wrong.length === 0 ? "ok  " : "FAIL"}  ${name}  ${((Date.now() - start) / 1000).toFixed(1)} s`,
  );
  for (const text of wrong) console.log(text.replace(/^/gm, "      "));
  if (wrong.length > 0) failed++;
}
process.exitCode = failed > 0 ? 1 : 0;
