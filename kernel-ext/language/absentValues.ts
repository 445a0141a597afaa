/** Names of values that this Node has not, such as those of browsers: the checker knows them, the session does not. */

import { isAbsentValue } from "./absentGlobals.js";
import { outerIdentifiers } from "./analyseCell.js";
import type { CellFacts } from "./cellFacts.js";
import type { Diagnostic } from "./diagnostics.js";
import { child, type Node, nameOf, walk } from "./syntaxTree.js";

export interface AbsentOptions {
  readonly program: Node;
  readonly facts: CellFacts;
  readonly source: string;
  /** Whether an earlier cell gave the name a value. */
  readonly isDeclared: (name: string) => boolean;
}

/**
 * An error for each place that names one, as TypeScript words it. A name that the cell asks for by `typeof` is left
 * alone: code for browsers and Node alike does so.
 */
export function absentValues({ program, facts, source, isDeclared }: AbsentOptions): Diagnostic[] {
  const own = new Set(facts.declares.map(({ name }) => name));
  const named = [...facts.usesNow, ...facts.usesLater, ...facts.writes, ...facts.writesLater];
  const absent = new Set(named.filter((name) => !own.has(name) && !isDeclared(name) && isAbsentValue(name)));
  if (absent.size === 0) return [];
  for (const name of askedFor(program)) absent.delete(name);
  return outerIdentifiers(program)
    .filter((node) => absent.has(nameOf(node)))
    .map((node) => diagnosticAt(nameOf(node), node.start, source));
}

/** Operands of `typeof`. */
function askedFor(program: Node): string[] {
  const names: string[] = [];
  walk(program, (node) => {
    if (node.type === "UnaryExpression" && node.operator === "typeof") {
      const operand = child(node, "argument");
      if (operand.type === "Identifier") names.push(nameOf(operand));
    }
    return true;
  });
  return names;
}

function diagnosticAt(name: string, start: number, source: string): Diagnostic {
  const before = source.slice(0, start);
  const line = before.split("\n").length;
  const column = start - before.lastIndexOf("\n");
  return {
    message: `Cannot find name '${name}'. Cells run in Node ${process.versions.node}, which has none.`,
    code: 2304,
    severity: "error",
    line,
    column,
    endLine: line,
    endColumn: column + name.length,
  };
}
