/** The order in which JavaScript has a module's statements. */
import type MagicString from "magic-string";
import { type Node, optional } from "./syntaxTree.js";

/** Moves imports and functions to the top, where JavaScript has them. After all edits: MagicString loses text else. */
export function hoistStatements(edits: MagicString, body: readonly Node[]): void {
  const first = body.find((statement) => !hoists(statement));
  if (!first) return;
  for (const statement of body) {
    if (hoists(statement) && statement.start > first.start) {
      edits.appendLeft(statement.end, "\n");
      edits.move(statement.start, statement.end, first.start);
    }
  }
}

function hoists(node: Node): boolean {
  if (node.type === "ImportDeclaration" || node.type === "FunctionDeclaration") return true;
  const declaration = /^Export(Named|Default)Declaration$/.test(node.type)
    ? optional(node, "declaration")
    : undefined;
  return declaration?.type === "FunctionDeclaration" && optional(declaration, "id") !== undefined;
}
