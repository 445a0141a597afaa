/** Turns a top-level `using` into `let`: later cells need what it holds, so it is not disposed at the cell's end. */
import MagicString from "magic-string";
import { list, type Node } from "./syntaxTree.js";

/** For cells that esbuild lowers: it would wrap the whole cell for a top-level `using`. */
export function plainUsing(code: string, program: Node): { code: string; map: string } {
  const edits = new MagicString(code);
  for (const statement of list(program, "body")) {
    if (statement.type !== "VariableDeclaration" || !String(statement.kind).endsWith("using")) continue;
    const first = list(statement, "declarations")[0] as Node;
    edits.overwrite(statement.start, first.start, "let ");
  }
  return {
    code: edits.toString(),
    map: edits.generateMap({ hires: "boundary", source: "cell.js" }).toString(),
  };
}
