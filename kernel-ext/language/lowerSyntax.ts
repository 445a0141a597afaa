/** Lowers what Node cannot run yet and oxc leaves as it is: decorators, and `using` inside blocks and functions. */
import type { Node } from "./syntaxTree.js";
import { walk } from "./syntaxTree.js";

/** True when the cell holds syntax that only esbuild lowers. A top-level `using` becomes a plain binding instead. */
export function needsLowering(program: Node): boolean {
  let found = false;
  const top = new Set(Array.isArray(program.body) ? program.body : []);
  walk(program, (node) => {
    if (node.type === "Decorator") found = true;
    if (node.type === "VariableDeclaration" && String(node.kind).endsWith("using") && !top.has(node))
      found = true;
    return !found;
  });
  return found;
}

export interface Lowered {
  readonly code: string;
  /** Source map version 3, JSON. */
  readonly map: string;
}

/** Loads esbuild on first use (about half a second), since few cells need it. */
export async function lowerSyntax(code: string): Promise<Lowered> {
  const { transform } = await import("esbuild");
  const result = await transform(code, {
    loader: "js",
    target: "node20",
    format: "esm",
    sourcemap: "external",
    sourcefile: "cell.js",
    supported: { decorators: false, using: false, "top-level-await": true },
  });
  return { code: result.code, map: result.map };
}
