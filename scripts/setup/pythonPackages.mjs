// A virtual environment inside the checkout with locked, hashed packages.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { explain } from "./explain.mjs";
import { findPython } from "./findPython.mjs";
import { findUv } from "./findUv.mjs";
import { runLogged } from "./runLogged.mjs";
import { SetupError } from "./setupError.mjs";

/**
 * The path of an environment's Python.
 * @param {string} venv
 */
export const pythonOf = (venv) => join(venv, "bin", "python");

/**
 * Makes `venv` (kept when it runs, made anew when it does not) and installs exactly what `lock` says.
 * What was fetched before an interruption is in pip's or uv's cache, so a second try goes on from there.
 * @param {object} options
 * @param {string} options.root the checkout
 * @param {string} options.venv
 * @param {string} options.lock
 * @param {string} options.log
 * @param {import("./progress.mjs").Step} options.step
 * @param {number} options.fetch megabytes that are fetched the first time, for the progress line
 */
export async function installPython({ root, venv, lock, log, step, fetch }) {
  const { uv } = await makeVenv({ root, venv, log });
  const temporary = join(root, ".cache", "tmp");
  mkdirSync(temporary, { recursive: true });
  const locked = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", lock];
  const quiet = ["--disable-pip-version-check", "--no-input", "--progress-bar", "off", "--retries", "3"];
  const [command, first] = uv
    ? [uv, ["pip", "install", "--python", pythonOf(venv)]]
    : [pythonOf(venv), ["-m", "pip", "install", ...quiet]];
  const { code, tail } = await runLogged(command, [...first, ...locked], {
    log,
    env: { ...process.env, TMPDIR: temporary, PIP_USER: "0" },
    onLine: watchInstaller(step, fetch),
  });
  rmSync(temporary, { recursive: true, force: true });
  if (code !== 0) throw new SetupError(explain("Python's packages could not be installed", tail), log);
}

/**
 * Installs the package in a folder of this checkout, whose build needs no other: nothing is fetched.
 * @param {{ root: string, venv: string, folder: string, log: string }} options
 */
export async function installFolder({ root, venv, folder, log }) {
  const { uv } = await makeVenv({ root, venv, log });
  const plain = ["--no-index", "--no-deps", "--no-build-isolation", "--force-reinstall", folder];
  const quiet = ["--disable-pip-version-check", "--no-input", "--no-cache-dir", "--progress-bar", "off"];
  if (uv)
    return runLogged(uv, ["pip", "install", "--python", pythonOf(venv), "--offline", ...plain], { log });
  const env = { ...process.env, PIP_USER: "0" };
  return runLogged(pythonOf(venv), ["-m", "pip", "install", ...quiet, ...plain], { log, env });
}

/**
 * Removes packages, so that the next install unpacks them anew.
 * @param {{ root: string, venv: string, names: string[], log: string }} options
 */
export async function removePython({ root, venv, names, log }) {
  const { uv } = await makeVenv({ root, venv, log });
  if (uv) await runLogged(uv, ["pip", "uninstall", "--python", pythonOf(venv), ...names], { log });
  else await runLogged(pythonOf(venv), ["-m", "pip", "uninstall", "--yes", ...names], { log });
}

/**
 * @param {{ root: string, venv: string, log: string }} options
 * @returns {Promise<{ uv?: string }>}
 */
async function makeVenv({ root, venv, log }) {
  if (existsSync(venv)) {
    if (answers(pythonOf(venv), ["-m", "pip", "--version"])) return {};
    if (answers(pythonOf(venv), ["-c", "import encodings"]) && existsSync(join(venv, ".uv"))) {
      return { uv: await findUv({ root, python: findPython(), log }) };
    }
    rmSync(venv, { recursive: true, force: true });
  }
  const python = findPython();
  if (python.venv && python.ensurepip) {
    const made = await runLogged(python.executable, ["-m", "venv", venv], { log });
    if (made.code === 0 && answers(pythonOf(venv), ["-m", "pip", "--version"])) return {};
    rmSync(venv, { recursive: true, force: true });
    if (/Errno 28|No space left/.test(made.tail))
      throw new SetupError(explain("The Python environment could not be made", made.tail), log);
  }
  const uv = await findUv({ root, python, log });
  const made = await runLogged(uv, ["venv", "--python", python.executable, venv], { log });
  if (made.code !== 0)
    throw new SetupError(explain("The Python environment could not be made", made.tail), log);
  mkdirSync(join(venv, ".uv"), { recursive: true });
  return { uv };
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function answers(command, args) {
  return spawnSync(command, args, { timeout: 60_000 }).status === 0;
}

/**
 * Reads pip's and uv's lines and tells how many megabytes came.
 * @param {import("./progress.mjs").Step} step @param {number} fetch
 */
function watchInstaller(step, fetch) {
  let megabytes = 0;
  return (/** @type {string} */ line) => {
    const got = /^\s*(?:Downloading|Using cached) (\S+).*?\(([\d.]+) ?([kKMG])i?B\)/.exec(line);
    if (got) {
      megabytes += Number(got[2]) * (got[3] === "G" ? 1000 : got[3] === "M" ? 1 : 0.001);
      step.tell(`${Math.round(megabytes)} of about ${fetch} MB, ${(got[1] ?? "").split("-")[0]}`);
    } else if (/^Installing collected packages/.test(line)) {
      step.tell("unpacking");
    } else if (/^(Prepared|Installed) /.test(line)) {
      step.tell(line);
    }
  };
}
