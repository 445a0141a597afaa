/** Reads a cell's facts off its syntax tree: what it declares, uses, writes and changes. */
import { declarations } from "./analyseDeclarations.js";
import { expressions } from "./analyseExpressions.js";
import { modules } from "./analyseModules.js";
import { types } from "./analyseTypes.js";
import { Analysis } from "./analysis.js";
import type { CellFacts } from "./cellFacts.js";
import type { Node } from "./syntaxTree.js";

const handlers = { ...declarations, ...expressions, ...types, ...modules };

/**
 * @param program The TypeScript tree of a cell without syntax errors.
 * @param pragmas Names that JSX stands for, such as `h`.
 */
export function analyseCell(program: Node, pragmas: readonly string[] = ["h"]): CellFacts {
  const analysis = new Analysis(handlers, pragmas);
  analysis.program(program);
  return analysis.facts();
}

/** The identifiers that mean a name of the cell's top, or of elsewhere; names of functions, classes, imports apart. */
export function outerIdentifiers(program: Node): Node[] {
  const analysis = new Analysis(handlers, []);
  analysis.program(program);
  return analysis.outerIdentifiers();
}
