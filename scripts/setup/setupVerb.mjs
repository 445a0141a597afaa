// tunelab setup: works before any package is there, so it reads its own three flags.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setup } from "./setup.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/**
 * Sets this checkout up, or with `check` tells what is missing. Resolves to the exit code.
 * @param {{ check?: boolean, tests?: boolean, json?: boolean }} options
 */
export async function setupVerb({ check = false, tests = false, json = false }) {
  const quiet = { step: () => ({ tell() {}, done() {} }), say: () => true };
  const steps = await setup({ root, check, tests, ...(json ? { progress: quiet } : {}) });
  if (json)
    console.log(JSON.stringify(check ? { missing: steps, native: tellNative(["--json"]) } : { ran: steps }));
  else if (check) {
    const native = tellNative([]);
    console.log("text" in native ? native.text : `TensorFlow does not answer: ${native.error}`);
    console.log(steps.length > 0 ? `Missing: ${steps.join(", ")}.` : "Everything is set up.");
  } else console.log(steps.length > 0 ? `Set up: ${steps.join(", ")}.` : "Everything was set up already.");
  return check && steps.length > 0 ? 1 : 0;
}

/**
 * What TensorFlow answers, asked in a process of its own since native code can crash; why not, where it does not.
 * @param {string[]} args
 */
function tellNative(args) {
  const needed = [join(root, "dist", "src", "index.js"), join(root, "node_modules", "koffi")];
  if (!needed.every((path) => existsSync(path))) return { error: "the build or npm's packages are missing" };
  const script = join(root, "scripts", "setup", "tellNative.mjs");
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    encoding: "utf8",
    timeout: 120_000,
  });
  if (status === 0) return args.includes("--json") ? JSON.parse(stdout) : { text: stdout.trim() };
  const line =
    stderr.split("\n").find((text) => /^\w*Error: /.test(text)) ?? stderr.trim().split("\n").at(-1);
  return { error: signal ? `its process was ended by ${signal}` : `${line}`.replace(/^\w*Error: /, "") };
}
