// The small Python package that brings papermill's translator and nbval's sanitize file, built from its folder here.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { explain } from "./explain.mjs";
import { installFolder, pythonOf } from "./pythonPackages.mjs";
import { SetupError } from "./setupError.mjs";
import { hashOf, isCurrent, writeStamp } from "./stamp.mjs";

/** @param {string} venv */
const stampOf = (venv) => join(venv, ".tunelab-jupyter");

/**
 * @param {string} root the checkout
 * @param {string} venv
 */
export function jupyterPackageIsCurrent(root, venv) {
  return existsSync(pythonOf(venv)) && isInstalled(venv) && isCurrent(stampOf(venv), hash(root, venv));
}

/**
 * Whether the environment has the package and what pip knows of it; who uninstalls it leaves the stamp.
 * @param {string} venv
 */
function isInstalled(venv) {
  const lib = join(venv, "lib");
  if (!existsSync(lib)) return false;
  return readdirSync(lib)
    .map((python) => join(lib, python, "site-packages"))
    .some((site) => {
      const names = existsSync(site) ? readdirSync(site) : [];
      return names.includes("tunelab_jupyter") && names.some((name) => distInfo.test(name));
    });
}

const distInfo = /^tunelab_jupyter-.*\.dist-info$/;

/**
 * Installs it anew, without a network.
 * @param {{ root: string, venv: string, log: string }} options
 */
export async function installJupyterPackage({ root, venv, log }) {
  const { code, tail } = await installFolder({ root, venv, log, folder: folderOf(root) });
  if (code !== 0)
    throw new SetupError(explain("The kernel's Python package could not be installed", tail), log);
  writeStamp(stampOf(venv), hash(root, venv));
}

/** @param {string} root */
const folderOf = (root) => join(root, "kernel-ext", "python");

/**
 * Changes with the package's sources and the environment's place.
 * @param {string} root
 * @param {string} venv
 */
function hash(root, venv) {
  const folder = folderOf(root);
  const sources = join(folder, "tunelab_jupyter");
  const files = readdirSync(sources)
    .filter((name) => /\.(py|cfg)$/.test(name))
    .sort()
    .map((name) => join(sources, name));
  const build = ["pyproject.toml", "build_wheel.py"].map((name) => join(folder, name));
  return hashOf([venv, ...[...build, ...files].map((file) => ({ file }))]);
}
