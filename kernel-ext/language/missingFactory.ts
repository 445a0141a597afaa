/** JSX without the function that makes its elements: TypeScript says nothing of it where JSX has no types. */
import { type CellSyntax, jsxNames } from "./cellSyntax.js";
import type { Diagnostic } from "./diagnostics.js";
import type { ParsedCell } from "./parseCell.js";
import { type Node, walk } from "./syntaxTree.js";

export interface MissingFactoryOptions {
  readonly source: string;
  readonly syntax: CellSyntax;
  /** Whether the cell names a value that stands neither in it nor in an earlier one. */
  readonly isAbsent: (name: string) => boolean;
}

/** TypeScript's own words for it; the fragment's is another number. */
const FACTORY_MISSING = 2874;
export const FACTORY_CODES: ReadonlySet<number> = new Set([FACTORY_MISSING, 2879]);

/** One error, at the first element or fragment, for each name that it calls and nothing has. */
export function missingFactories(
  { lang, program }: ParsedCell,
  { source, syntax, isAbsent }: MissingFactoryOptions,
): Diagnostic[] {
  const markup = lang === "tsx" ? firstMarkup(program) : undefined;
  if (!markup) return [];
  const before = source.slice(0, markup.start);
  const place = { line: before.split("\n").length, column: markup.start - before.lastIndexOf("\n") };
  return jsxNames(source, syntax)
    .filter((name) => isAbsent(name) && !(name in globalThis))
    .map((name) => ({
      message: `JSX calls '${name}', which nothing here has.`,
      code: FACTORY_MISSING,
      severity: "error",
      ...place,
      endLine: place.line,
      endColumn: place.column + 1,
      hint: `declare or import ${name}, name another function by /** @jsx name */ in the cell, or set jsx and jsxImportSource in tsconfig.json`,
    }));
}

function firstMarkup(program: Node): Node | undefined {
  let found: Node | undefined;
  walk(program, (node) => {
    if (node.type === "JSXElement" || node.type === "JSXFragment") found ??= node;
    return found === undefined;
  });
  return found;
}
