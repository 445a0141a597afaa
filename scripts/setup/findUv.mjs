// A pinned uv for a Python that has neither ensurepip nor pip, fetched by whichever ordinary client there is.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { runLogged } from "./runLogged.mjs";
import { SetupError } from "./setupError.mjs";

/**
 * The path of a uv that runs. In this order: the one fetched before, a pip of this or of another Python on the
 * PATH, a uv on the PATH, the pip wheel of Debian's python3-pip-whl (fetched by apt-get, which needs no root).
 * @param {{ root: string, python: import("./findPython.mjs").Python, log: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<string>}
 */
export async function findUv({ root, python, log, env = process.env }) {
  const folder = join(root, ".cache", "uv");
  const fetched = join(folder, "bin", "uv");
  if (runs(fetched)) return fetched;
  const install = [
    "install",
    "--require-hashes",
    "--no-deps",
    "--only-binary",
    ":all:",
    "--disable-pip-version-check",
    "--no-input",
  ];
  const target = ["--upgrade", "--target", folder, "-r", join(root, "locks", "uv.txt")];
  /**
   * @param {string} command
   * @param {string[]} pip
   */
  const tryPip = async (command, pip) => {
    await runLogged(command, [...pip, ...install, ...target], { log, env });
    return runs(fetched);
  };
  for (const command of pythonsWithPip(python, env)) {
    if (await tryPip(command, ["-m", "pip"])) return fetched;
  }
  if (runs("uv")) return "uv";
  const unpacked = join(root, ".cache", "python3-pip-whl");
  const wheel = await debianPip(unpacked, log);
  const got = wheel !== undefined && (await tryPip(python.executable, [join(wheel, "pip")]));
  rmSync(unpacked, { recursive: true, force: true });
  if (got) return fetched;
  throw new SetupError(
    `${python.executable} has neither ensurepip nor pip, and no pip or uv was found to fetch packages with; install one of them (on Debian and Ubuntu: apt-get install python3-venv) and start again.`,
    log,
  );
}

/** @param {string} command */
function runs(command) {
  return spawnSync(command, ["--version"], { timeout: 30_000 }).status === 0;
}

/**
 * @param {import("./findPython.mjs").Python} python
 * @param {NodeJS.ProcessEnv} env
 */
function pythonsWithPip(python, env) {
  const named = new Set([python.executable]);
  for (const folder of (env.PATH ?? "").split(delimiter)) {
    for (const name of existsSync(folder) ? readdirSync(folder) : []) {
      if (/^python3(\.\d+)?$/.test(name)) named.add(join(folder, name));
    }
  }
  return [...named].filter(
    (command) => spawnSync(command, ["-m", "pip", "--version"], { timeout: 30_000 }).status === 0,
  );
}

/**
 * The pip wheel out of Debian's package, unpacked below `folder`, or undefined.
 * @param {string} folder
 * @param {string} log
 */
async function debianPip(folder, log) {
  mkdirSync(folder, { recursive: true });
  const got = await runLogged("apt-get", ["download", "python3-pip-whl"], { cwd: folder, log });
  const deb = readdirSync(folder).find((name) => name.endsWith(".deb"));
  if (got.code === 0 && deb) await runLogged("dpkg-deb", ["-x", deb, "."], { cwd: folder, log });
  const wheels = join(folder, "usr", "share", "python-wheels");
  const wheel = existsSync(wheels)
    ? readdirSync(wheels).find((name) => /^pip-.*\.whl$/.test(name))
    : undefined;
  return wheel && join(wheels, wheel);
}
