// The kernel's spec inside the environment, where its JupyterLab finds it.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { hashOf, isCurrent, writeStamp } from "./stamp.mjs";

/** @param {string} venv */
const stampOf = (venv) => join(venv, ".tunelab-kernel");
/** @param {string} root */
const moduleOf = (root) => join(root, "dist", "kernel-ext", "kernelspec", "installKernelSpec.js");

/**
 * @param {string} root
 * @param {string} venv
 */
export function kernelSpecIsCurrent(root, venv) {
  const spec = join(venv, "share", "jupyter", "kernels", "tunelab", "kernel.json");
  return existsSync(spec) && existsSync(moduleOf(root)) && isCurrent(stampOf(venv), hash(root));
}

/**
 * @param {string} root
 * @param {string} venv
 */
export async function writeKernelSpec(root, venv) {
  const { installKernelSpec } = await import(pathToFileURL(moduleOf(root)).href);
  await installKernelSpec({ prefix: venv });
  writeStamp(stampOf(venv), hash(root));
}

/** @param {string} root */
function hash(root) {
  return hashOf([root, process.execPath, { file: moduleOf(root) }]);
}
