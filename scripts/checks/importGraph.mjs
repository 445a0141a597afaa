// Who imports whom among our own TypeScript files, and the cycles in that graph.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { parseSync } from "oxc-parser";

/**
 * @typedef {object} Import
 * @property {string} from importing file, relative to the root
 * @property {string} to imported file, relative to the root; a package's name stays as it is written
 * @property {boolean} typeOnly true when nothing is left of it at run time
 * @property {number} line
 */

/**
 * All static and dynamic imports and re-exports of the `.ts` and `.tsx` files below `folders`.
 * @param {string} root
 * @param {string[]} folders
 * @returns {Import[]}
 */
export function importGraph(root, folders) {
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .map((name) => join(folder, name))
      .filter((name) => /\.tsx?$/.test(name) && statSync(join(root, name)).isFile()),
  );
  const known = new Set(files);
  return files
    .sort()
    .flatMap((file) => importsOf(file, readFileSync(join(root, file), "utf8")))
    .map((one) => (known.has(`${one.to}x`) ? { ...one, to: `${one.to}x` } : one));
}

/**
 * The imports of one file's text.
 * @param {string} file
 * @param {string} text
 * @returns {Import[]}
 */
export function importsOf(file, text) {
  const { module, errors } = parseSync(file, text);
  if (errors.length > 0) throw new SyntaxError(`${file} does not parse: ${errors[0]?.message}`);
  /** @param {string} specifier @param {number} at @param {boolean} typeOnly */
  const one = (specifier, at, typeOnly) => ({
    from: file,
    to: resolve(file, specifier),
    typeOnly,
    line: text.slice(0, at).split("\n").length,
  });
  return [
    ...module.staticImports.map(({ moduleRequest, start, entries }) =>
      one(moduleRequest.value, start, entries.length > 0 && entries.every(({ isType }) => isType)),
    ),
    ...module.staticExports.flatMap(({ entries, start }) => {
      const request = entries.find(({ moduleRequest }) => moduleRequest)?.moduleRequest;
      return request
        ? [
            one(
              request.value,
              start,
              entries.every(({ isType }) => isType),
            ),
          ]
        : [];
    }),
    ...module.dynamicImports.flatMap(({ moduleRequest }) => {
      const literal = /^["'](.*)["']$/.exec(text.slice(moduleRequest.start, moduleRequest.end));
      return literal ? [one(literal[1] ?? "", moduleRequest.start, false)] : [];
    }),
  ];
}

/** @param {string} file @param {string} specifier */
function resolve(file, specifier) {
  if (!specifier.startsWith(".")) return specifier;
  return normalize(join(dirname(file), specifier)).replace(/\.js$/, ".ts");
}

/**
 * The import cycles, each as the files along it; type-only imports count too, as they tie files together all the same.
 * @param {Import[]} imports
 * @returns {string[][]}
 */
export function findCycles(imports) {
  /** @type {Map<string, string[]>} */
  const edges = new Map();
  for (const { from, to } of imports) edges.set(from, [...(edges.get(from) ?? []), to]);
  /** @type {Map<string, "open" | "closed">} */
  const state = new Map();
  /** @type {string[][]} */
  const cycles = [];
  /** @type {string[]} */
  const path = [];
  /** @param {string} file */
  const visit = (file) => {
    if (state.get(file) === "closed") return;
    if (state.get(file) === "open") {
      cycles.push([...path.slice(path.indexOf(file)), file]);
      return;
    }
    state.set(file, "open");
    path.push(file);
    for (const next of edges.get(file) ?? []) visit(next);
    path.pop();
    state.set(file, "closed");
  };
  for (const file of edges.keys()) visit(file);
  return cycles;
}
