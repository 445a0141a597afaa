/** Takes the magics out of a cell. */
import type { MagicRegistry } from "./registry.js";

export interface SplitError {
  readonly message: string;
  /** 1-based line in the cell. */
  readonly line: number;
}

export interface SplitCell {
  /**
   * TypeScript to compile. The same lines as the cell; lines without magics are unchanged, so positions on them are
   * the cell's own. `%name args` is `await __tunelab.magic("name", "args");`, `!cmd` is `await __tunelab.shell("cmd");`.
   */
  readonly source: string;
  /** What the type checker reads: as `source`, with an `expression` body in a typed place. */
  readonly checkSource: string;
  /** Set for `%%name` on line 1. `body` is the lines below, as written. */
  readonly cellMagic?: { readonly name: string; readonly args: string; readonly body: string };
  /** Line magics in order. */
  readonly lineMagics: readonly { readonly name: string; readonly args: string; readonly line: number }[];
  /** Names asked about with `name?`: the front answers with a page. `%name?` has its percent signs. */
  readonly help: readonly string[];
  /** Unknown magics, bad arguments, a `%%name` below line 1: the cell must not run. */
  readonly errors: readonly SplitError[];
}

export declare function splitMagicsPlaceholder(source: string, registry: MagicRegistry): SplitCell;
