// Installs what benches compare with: Python peers and Deno, into .venv-bench. Run by `npm run bench:setup`. With `--gpu`
// the peers of `npm run bench -- gpu` instead, some gigabytes, into .venv-bench-gpu.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findPython } from "./setup/findPython.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const onGpu = process.argv.includes("--gpu");
const venv = join(root, onGpu ? ".venv-bench-gpu" : ".venv-bench");
const lock = join(root, "locks", onGpu ? "bench-gpu.in" : "bench.in");
const python = join(venv, "bin", "python");
const node = join(venv, "node");

if (!existsSync(python)) run(findPython().executable, ["-m", "venv", venv]);
run(python, ["-m", "pip", "install", "--disable-pip-version-check", "-r", lock]);
if (!onGpu) installDeno();
console.log(`Peers are ready in ${venv}.`);

/**
 * Runs a command with its output shown; ends this process with one sentence if it fails.
 * @param {string} command
 * @param {string[]} parameters
 */
function run(command, parameters) {
  const { status, error } = spawnSync(command, parameters, { cwd: root, stdio: "inherit" });
  if (status === 0) return;
  console.error(
    `${command} ${parameters.join(" ")} failed${error ? `: ${error.message}` : ` with code ${status}`}`,
  );
  process.exit(1);
}

/** Its binary is an optional package for each platform; its install script is not needed. */
function installDeno() {
  mkdirSync(node, { recursive: true });
  if (!existsSync(join(node, "package.json"))) writeFileSync(join(node, "package.json"), "{}\n");
  run("npm", ["install", "--prefix", node, "--ignore-scripts", "--no-audit", "--no-fund", "deno@2.9.6"]);
}
