// Installs what benches compare with: Python peers and Deno, into .venv-bench. Run by `npm run bench:setup`.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findPython } from "./setup/findPython.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const venv = join(root, ".venv-bench");
const python = join(venv, "bin", "python");
const node = join(venv, "node");

if (!existsSync(python)) run(findPython().executable, ["-m", "venv", venv]);
run(python, ["-m", "pip", "install", "--disable-pip-version-check", "-r", join(root, "locks", "bench.in")]);
// Deno's binary is an optional package for each platform; its install script is not needed.
mkdirSync(node, { recursive: true });
if (!existsSync(join(node, "package.json"))) writeFileSync(join(node, "package.json"), "{}\n");
run("npm", ["install", "--prefix", node, "--ignore-scripts", "--no-audit", "--no-fund", "deno@2.9.6"]);
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
