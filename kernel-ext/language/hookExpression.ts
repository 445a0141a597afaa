/** Awaits, imports and `import.meta` go through the session, which keeps to what cell they belong. */
import type MagicString from "magic-string";
import { child, type Node, nameOf } from "./syntaxTree.js";

/**
 * Edits the node itself, nothing below it; to be called from the outermost node inwards.
 *
 * @param place gives the next number of an await that stands outside of functions.
 */
export function hookExpression(edits: MagicString, node: Node, place?: () => number): void {
  switch (node.type) {
    case "AwaitExpression":
      wrap(edits, child(node, "argument"), { name: "aw", place });
      break;
    case "ForOfStatement":
      if (node.await) wrap(edits, child(node, "right"), { name: "ait", place });
      break;
    case "ImportExpression":
      edits.overwrite(node.start, node.start + "import".length, "__tsk.imp", { contentOnly: true });
      break;
    case "MetaProperty":
      if (nameOf(child(node, "meta")) === "import")
        edits.overwrite(node.start, node.end, "__tsk.meta", { contentOnly: true });
      break;
  }
}

interface Hook {
  readonly name: "aw" | "ait";
  readonly place: (() => number) | undefined;
}

/** `x` → `__tsk.aw(x)`. The parentheses of `await (a, b)` are around the whole, and would make two arguments of it. */
function wrap(edits: MagicString, { type, start, end }: Node, { name, place }: Hook): void {
  const [open, close] = type === "SequenceExpression" ? ["(", ")"] : ["", ""];
  edits.appendRight(start, `__tsk.${name}(${open}`);
  // Before what closes something further out at the same place.
  edits.prependLeft(end, `${close}${place ? `, ${place()}` : ""})`);
}
