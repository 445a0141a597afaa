/** Awaits, imports and `import.meta` go through the session, which keeps to what cell they belong. */
import type MagicString from "magic-string";
import { child, type Node, nameOf } from "./syntaxTree.js";

/** Edits the node itself, nothing below it. */
export function hookExpression(edits: MagicString, node: Node): void {
  switch (node.type) {
    case "AwaitExpression": {
      const argument = child(node, "argument");
      edits.appendRight(argument.start, "__tsk.aw(");
      edits.appendLeft(argument.end, ")");
      break;
    }
    case "ForOfStatement":
      if (node.await) {
        const right = child(node, "right");
        edits.appendRight(right.start, "__tsk.ait(");
        edits.appendLeft(right.end, ")");
      }
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
