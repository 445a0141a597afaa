// TensorFlow.js's declarations flattened, for the kernel's checker.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { flattenPackage } from "./flattenPackage.mjs";

/** Each before those that it imports, so that all that is asked of a package is known when its turn comes. */
const names = ["", "-data", "-converter", "-backend-webgl", "-backend-cpu", "-layers", "-core"].map(
  (ending) => `@tensorflow/tfjs${ending}`,
);

/**
 * Writes them below `folder`, each package in a folder of its name.
 * @param {string} modules The node_modules that holds the packages.
 * @param {string} folder
 */
export function writeTensorflowTypes(modules, folder) {
  /** @type {Set<string>} */
  const asked = new Set();
  for (const name of names) {
    const at = join(modules, name);
    const { types } = packageOf(modules, name);
    const deep = [...asked].filter((one) => one.startsWith(`${name}/`));
    const entries = [join(at, types), ...deep.map((one) => `${join(modules, one)}.d.ts`)];
    const { files, imports } = flattenPackage({ name, folder: at, entries });
    for (const one of imports) asked.add(one);
    for (const [path, text] of files) write(join(folder, name, path), text);
  }
}

/**
 * What the declarations are made of, as a text that differs when one of them does.
 * @param {string} modules
 */
export function tensorflowVersions(modules) {
  return names.map((name) => `${name} ${packageOf(modules, name).version}`).join("\n");
}

/**
 * @param {string} modules
 * @param {string} name
 * @returns {{ types: string, version: string }}
 */
function packageOf(modules, name) {
  return JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));
}

/**
 * @param {string} file
 * @param {string} text
 */
function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
