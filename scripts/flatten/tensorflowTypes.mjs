// TensorFlow.js's declarations flattened, for the kernel's checker.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { flattenPackage } from "./flattenPackage.mjs";

const names = ["", "-data", "-converter", "-backend-webgl", "-backend-cpu", "-layers", "-core"].map(
  (ending) => `@tensorflow/tfjs${ending}`,
);

/**
 * Writes them below `folder`, each package in a folder of its name.
 * @param {string} modules The node_modules that holds the packages.
 * @param {string} folder
 */
export function writeTensorflowTypes(modules, folder) {
  for (const name of names) {
    const at = join(modules, name);
    const { version } = packageOf(modules, name);
    const files = flattenPackage({ name, version, folder: at, entries: modulesOf(at) });
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
 * All that a person may import; tests are none of it.
 * @param {string} folder The package's.
 */
function modulesOf(folder) {
  const dist = join(folder, "dist");
  return readdirSync(dist, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".d.ts") && !/(?:_test|tests|_test_\w+)\.d\.ts$/.test(path))
    .map((path) => join(dist, path))
    .sort();
}

/**
 * @param {string} modules
 * @param {string} name
 * @returns {{ version: string }}
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
