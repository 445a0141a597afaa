/** Turns the TypeScript of a cell into JavaScript for V8's REPL mode. */
import type { CellFacts } from "./cellFacts.js";
import type { CellSyntaxError } from "./cellSyntaxError.js";

export interface CompileOptions {
  /** JSX factory and fragment. Default `h` and `Fragment`. */
  readonly jsx?: { readonly pragma: string; readonly pragmaFrag: string };
  /** Show the last expression. Default true. */
  readonly result?: boolean;
}

/** Never throws for a person's mistake: `errors` is then not empty and `code` is empty. */
export interface CompileResult {
  /** `cell-3.ts`. */
  readonly file: string;
  /** JavaScript that ends in `//# sourceURL=cell-3.ts`; empty when there is nothing to run. */
  readonly code: string;
  /** Source map version 3, JSON, from `code` to `source`. */
  readonly map: string;
  readonly facts: CellFacts;
  readonly errors: readonly CellSyntaxError[];
}

/**
 * @param source TypeScript, magics already replaced by `splitMagics`.
 * @param cell The execution count; names the file `cell-N.ts`.
 */
export async function compileCell(
  source: string,
  cell: number,
  options: CompileOptions = {},
): Promise<CompileResult> {
  throw new Error(`not built yet: ${source.length} ${cell} ${options.result}`);
}
