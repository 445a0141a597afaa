// npm's packages, exactly as package-lock.json says, no install script run.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { explain } from "./explain.mjs";
import { runLogged } from "./runLogged.mjs";
import { SetupError } from "./setupError.mjs";

/** @typedef {{ version?: string, optional?: boolean, link?: boolean }} Locked */

/**
 * True when every locked package that this machine needs is installed in its locked version.
 * npm writes node_modules/.package-lock.json last, so an interrupted install is not current.
 * @param {string} root
 */
export function npmIsCurrent(root) {
  const wanted = packagesOf(join(root, "package-lock.json"));
  const installed = packagesOf(join(root, "node_modules", ".package-lock.json"));
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === "" || installed[path]?.version === version || (optional && installed[path] === undefined),
  );
}

/**
 * @param {string} file
 * @returns {Record<string, Locked> | undefined}
 */
function packagesOf(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).packages : undefined;
}

/**
 * How to run npm: the one that started us, else the one on the PATH.
 * @returns {[string, ...string[]]}
 */
export function npmCommand(env = process.env) {
  const script = env.npm_execpath;
  return script && /npm-cli\.c?js$/.test(script) && existsSync(script) ? [process.execPath, script] : ["npm"];
}

/**
 * npm reports success even when it could not unpack a file, and only warns: what it says of that counts as a failure.
 * @param {{ root: string, log: string, step: import("./progress.mjs").Step }} options
 */
export async function installNpm({ root, log, step }) {
  const [command, ...first] = npmCommand();
  const retry = ["--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"];
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund"];
  let broken = "";
  step.tell("npm ci");
  const { code, tail } = await runLogged(command, [...first, "ci", ...quiet, ...retry], {
    cwd: root,
    log,
    onLine(line) {
      if (/TAR_ENTRY_ERROR|ENOSPC/.test(line)) broken ||= line;
    },
  });
  if (code === 0 && !broken) return;
  rmSync(join(root, "node_modules", ".package-lock.json"), { force: true });
  throw new SetupError(explain("npm's packages could not be installed", broken || tail), log);
}
