// Every name that a module exports, with the namespace's member that it is.

/**
 * @typedef {import("./moduleGraph.mjs").Module} Module
 * @typedef {import("./moduleGraph.mjs").ModuleGraph} ModuleGraph
 */

/**
 * Of `export *` what the module itself does not export; the first of two modules wins. `export *` of another package is
 * left out: `otherStars` has it.
 * @param {ModuleGraph} graph
 * @param {Module} module
 * @returns {Map<string, string>} Name → `namespace.member`, or a namespace.
 */
export function exportsOf(graph, module, seen = new Set([module])) {
  /** @type {Map<string, string>} */
  const found = new Map(module.own.map((name) => [name, `${module.id}.${name}`]));
  for (const { source, name, exported } of module.reexports) {
    const id = graph.idOf(module, source);
    found.set(exported, name === undefined ? id : `${id}.${name}`);
  }
  for (const source of module.stars) {
    const meant = graph.meant(module, source);
    if (typeof meant === "string" || seen.has(meant)) continue;
    seen.add(meant);
    for (const [name, member] of exportsOf(graph, meant, seen)) if (!found.has(name)) found.set(name, member);
  }
  return found;
}

/**
 * The modules of other packages that a module exports all of.
 * @param {ModuleGraph} graph
 * @param {Module} module
 * @returns {string[]}
 */
export function otherStars(graph, module, seen = new Set([module])) {
  return module.stars.flatMap((source) => {
    const meant = graph.meant(module, source);
    if (typeof meant === "string") return source;
    if (seen.has(meant)) return [];
    seen.add(meant);
    return otherStars(graph, meant, seen);
  });
}
