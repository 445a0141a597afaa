// A package's declarations in one file. Of hundreds of files TypeScript's server counts each before every check.
import { relative } from "node:path";
import { exportsOf, otherStars } from "./exportsOf.mjs";
import { licenceComment } from "./licenceComment.mjs";
import { ModuleGraph } from "./moduleGraph.mjs";
import { namespaceText } from "./namespaceText.mjs";

/** The file that holds all. */
const whole = "flat.d.ts";

/**
 * A namespace for each module, in one file, and for each module a small file in the place of its own, which exports what
 * it exported. Two modules' names of one spelling stay apart, and so do all names as they are.
 * @param {{ name: string, version: string, folder: string, entries: string[] }} options The package's name, version and
 *   folder, and the files in it that others may import.
 * @returns {Map<string, string>} Text by path in the package.
 */
export function flattenPackage({ name, version, folder, entries }) {
  const graph = new ModuleGraph({ name, folder, entries });
  const head = graph.others.map(
    ([specifier, id]) => `import * as ${id} from "${specifier}";\nexport { ${id} };\n`,
  );
  const body = graph.modules.map((module) => namespaceText(graph, module));
  const origin = `// Made from the declarations of ${name} ${version}: changed to a namespace for each of its files.\n`;
  const files = new Map([[whole, [...licences(graph), origin, ...head, ...body].join("")]]);
  for (const module of graph.modules) {
    const path = relative(folder, module.file);
    files.set(path, doorText(graph, module, "../".repeat(path.split("/").length - 1) || "./"));
  }
  return files;
}

/**
 * @param {ModuleGraph} graph
 * @param {import("./moduleGraph.mjs").Module} module
 * @param {string} up The way from the module's folder to the package's.
 */
function doorText(graph, module, up) {
  const names = [...exportsOf(graph, module)].map(
    ([name, target]) => `export import ${name} = flat.${target};\n`,
  );
  const stars = otherStars(graph, module).map((specifier) => `export * from "${specifier}";\n`);
  return [`import * as flat from "${up}flat";\n`, ...names, ...stars].join("");
}

/**
 * Each licence once; those of two years are two.
 * @param {ModuleGraph} graph
 */
function licences(graph) {
  const all = graph.modules.flatMap(({ text }) => text.match(licenceComment) ?? []);
  return new Set(all);
}
