// A package's declarations in one file. Of hundreds of files TypeScript's server counts each before every check.
import { relative } from "node:path";
import { exportsOf, otherStars } from "./exportsOf.mjs";
import { ModuleGraph } from "./moduleGraph.mjs";
import { namespaceText } from "./namespaceText.mjs";

/** The file that holds all. */
const whole = "flat.d.ts";

/**
 * A namespace for each module, in one file, and for each module a small file in the place of its own, which exports what
 * it exported. Two modules' names of one spelling stay apart, and so do all names as they are.
 * @param {{ name: string, folder: string, entries: string[] }} options The package's name and folder, and the files in it
 *   that others import.
 * @returns {{ files: Map<string, string>, imports: string[] }} Text by path in the package, and the modules of other
 *   packages that are imported.
 */
export function flattenPackage({ name, folder, entries }) {
  const graph = new ModuleGraph({ name, folder, entries });
  const imports = graph.others.map(([specifier]) => specifier);
  const head = graph.others.map(
    ([specifier, id]) => `import * as ${id} from "${specifier}";\nexport { ${id} };\n`,
  );
  const body = graph.modules.map((module) => namespaceText(graph, module));
  const files = new Map([[whole, [licence(graph), ...head, ...body].join("")]]);
  for (const module of graph.modules) {
    const path = relative(folder, module.file);
    files.set(path, doorText(graph, module, "../".repeat(path.split("/").length - 1) || "./"));
  }
  return { files, imports };
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

/** @param {ModuleGraph} graph */
function licence(graph) {
  const [first = ""] = graph.modules.flatMap(
    ({ text }) => /\/\*\*?\s*\n? \* @license[\s\S]*?\*\/\n/.exec(text) ?? [],
  );
  return first;
}
