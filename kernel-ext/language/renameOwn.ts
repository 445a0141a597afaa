/** Gives names of a cell's own that are globals too, such as `process`, the names they have at run time. */
import type MagicString from "magic-string";
import { outerIdentifiers } from "./analyseCell.js";
import { ownName } from "./ownGlobals.js";
import { type Node, walk } from "./syntaxTree.js";

/** Before all other edits: some of them drop what was renamed. */
export function renameOwn(edits: MagicString, program: Node, own: ReadonlySet<string>): void {
  if (own.size === 0) return;
  const shorthand = new Set<number>();
  walk(program, (node) => {
    if (node.type === "Property" && node.shorthand === true) shorthand.add(node.start);
    return undefined;
  });
  for (const { start, end, name } of outerIdentifiers(program)) {
    const old = String(name);
    if (!own.has(old)) continue;
    const text = shorthand.has(start) ? `${old}: ${ownName(old)}` : ownName(old);
    edits.overwrite(start, end, text, { contentOnly: true });
  }
}
