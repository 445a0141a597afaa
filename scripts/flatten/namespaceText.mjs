// A module's declarations as a namespace, in which imports are aliases of other namespaces' members.
import MagicString from "magic-string";
import { exportsOf } from "./exportsOf.mjs";
import { licenceComment } from "./licenceComment.mjs";

/**
 * @typedef {import("./moduleGraph.mjs").Module} Module
 * @typedef {import("./moduleGraph.mjs").ModuleGraph} ModuleGraph
 */

/**
 * The namespace, and one more of each module that it adds interfaces to: TypeScript joins namespaces of one name once,
 * when it reads the file, but what one module declares for another it joins for every checker anew.
 * @param {ModuleGraph} graph
 * @param {Module} module
 */
export function namespaceText(graph, module) {
  const edits = new MagicString(module.text);
  for (const { source, start, end } of module.importTypes)
    edits.overwrite(start, end, graph.idOf(module, source));
  for (const { interfaces } of module.augmentations)
    for (const start of interfaces) edits.appendLeft(start, "export ");
  const additions = module.augmentations.map(({ source, names, body }) =>
    namespace(graph.idOf(module, source), [
      ...aliases(graph, module, new Set(names)),
      edits.slice(body.start, body.end).trim(),
    ]),
  );
  for (const { start, end } of [...module.elsewhere, ...module.declares]) edits.remove(start, end);
  const own = namespace(module.id, [
    ...aliases(graph, module),
    ...reexports(graph, module),
    withoutHead(edits.toString()),
  ]);
  return [own, ...additions].join("");
}

/**
 * @param {string} id
 * @param {string[]} parts
 */
function namespace(id, parts) {
  // Else all of an ambient namespace would be exported.
  return `export declare namespace ${id} {\n${[...parts, "export {};"].filter((part) => part !== "").join("\n")}\n}\n`;
}

/**
 * @param {ModuleGraph} graph
 * @param {Module} module
 * @param {Set<string>} taken Names that are declared where the aliases are to stand.
 */
function aliases(graph, module, taken = new Set()) {
  return module.imports
    .filter(({ local }) => !taken.has(local))
    .map(({ source, name, local }) => `import ${local} = ${member(graph.idOf(module, source), name)};`);
}

/**
 * @param {ModuleGraph} graph
 * @param {Module} module
 */
function reexports(graph, module) {
  const own = new Set(module.own);
  return [...exportsOf(graph, module)]
    .filter(([name]) => !own.has(name))
    .map(([name, target]) => `export import ${name} = ${target};`);
}

/**
 * @param {string} id
 * @param {string | undefined} name
 */
function member(id, name) {
  return name === undefined ? id : `${id}.${name}`;
}

/**
 * Without the licence, which the file says once, and directives, which hold for files.
 * @param {string} text
 */
function withoutHead(text) {
  return text
    .replaceAll(licenceComment, "")
    .replaceAll(/^\/\/\/ .*\n/gm, "")
    .trim();
}
