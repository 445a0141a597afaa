/** From what a person typed to what a session runs: magics out, then compiled. */

import { bold } from "../language/bold.js";
import { noFacts } from "../language/cellFacts.js";
import type { CellSyntax } from "../language/cellSyntax.js";
import type { CellSyntaxError } from "../language/cellSyntaxError.js";
import { type CompileResult, compileCell } from "../language/compileCell.js";
import { ownGlobals } from "../language/ownGlobals.js";
import { commandHint } from "../magics/commandHint.js";
import { magics } from "../magics/magics.js";
import { writtenMap, writtenRange } from "../magics/movedCode.js";
import { type SplitCell, splitMagics } from "../magics/split.js";
import type { CompiledCell } from "../session/compiledCell.js";
import type { ErrorReport } from "../session/protocol.js";

export interface PreparedCell {
  readonly split: SplitCell;
  readonly compiled: CompileResult;
  readonly cell: CompiledCell;
  /** Globals that this cell and earlier ones declared as names of their own. */
  readonly own: ReadonlySet<string>;
  /** Why the cell cannot run. */
  readonly refusal?: ErrorReport;
  /** `exit` or `quit`: the client is asked to leave, as IPython does. Nothing runs. */
  readonly exit?: true;
}

/** The word of a cell that is nothing but `exit` or `quit`, with or without a call. */
export function leaving(source: string): string | undefined {
  return /^\s*(exit|quit)\s*(?:\(\s*\))?\s*;?\s*$/.exec(source)?.[1];
}

export interface PrepareOptions {
  /** Globals that earlier cells declared as names of their own. */
  readonly own: ReadonlySet<string>;
  /** As tsconfig.json has it. */
  readonly syntax?: CellSyntax;
  /** The notebook is JavaScript, which need not be fit for strict mode. */
  readonly sloppy?: boolean;
}

/** Never throws for a person's mistake. */
export async function prepareCell(
  source: string,
  number: number,
  { own, syntax, sloppy = false }: PrepareOptions,
): Promise<PreparedCell> {
  const split = splitMagics(source, magics);
  const compiled = await compileCell(split.source, number, { own, sloppy, ...(syntax && { syntax }) });
  const { file, code, facts } = compiled;
  const map = writtenMap(split.moved, compiled.map);
  const cell: CompiledCell = {
    number,
    file,
    source,
    code,
    facts,
    ...(map !== "" && { map }),
    ...(split.cellMagic && { magic: split.cellMagic }),
  };
  const refusal = magicRefusal(split) ?? syntaxRefusal(source, written(split, compiled.errors));
  return {
    split,
    compiled,
    cell,
    own: new Set([...own, ...ownGlobals(compiled.facts)]),
    ...(refusal && { refusal }),
  };
}

/** A cell that cannot even be read. */
export function unreadCell(
  source: string,
  number: number,
  { own, why }: { readonly own: ReadonlySet<string>; readonly why: SyntaxError },
): PreparedCell {
  const file = `cell-${number}.ts`;
  return {
    split: { source: "", moved: [], lineMagics: [], help: [], errors: [] },
    compiled: { file, code: "", map: "", facts: noFacts, errors: [] },
    cell: { number, file, source, code: "" },
    own,
    refusal: {
      ename: why.name,
      evalue: why.message,
      traceback: [`${bold(why.name)}: ${why.message}`],
    },
  };
}

function written<T extends { line: number; column: number }>(split: SplitCell, found: readonly T[]): T[] {
  return found.map((one) => writtenRange(split.moved, one));
}

function magicRefusal({ errors }: SplitCell): ErrorReport | undefined {
  const [first] = errors;
  if (!first) return undefined;
  const traceback = errors.map(({ message, line }) => `${bold("MagicError")} in line ${line}: ${message}`);
  return { ename: "MagicError", evalue: first.message, traceback };
}

function syntaxRefusal(source: string, errors: readonly CellSyntaxError[]): ErrorReport | undefined {
  const [first] = errors;
  if (!first) return undefined;
  const traceback = errors.map((error) => {
    const text = source.split("\n")[error.line - 1] ?? "";
    const mark = `${" ".repeat(Math.max(0, error.column - 1))}${bold("^".repeat(Math.max(1, error.length)))}`;
    const hint = commandHint(text);
    const below = hint === undefined ? "" : `\n  ${hint}`;
    return `${bold("SyntaxError")} in line ${error.line}: ${error.message}\n  ${text}\n  ${mark}${below}`;
  });
  return { ename: "SyntaxError", evalue: `${first.message} (line ${first.line})`, traceback };
}
