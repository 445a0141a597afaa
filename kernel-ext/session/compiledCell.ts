/** A cell as the front hands it to whoever runs it: a session, or a sweep's worker. Plain data, safe to keep as JSON. */
import type { CellFacts } from "../language/cellFacts.js";

/**
 * What the evaluated JavaScript of a cell may name (put into the global object by `installCellGlobals`):
 * - `__tsk.aw(x, i?)`     an interruptible `await x`; outside of functions the i-th of the cell
 * - `__tsk.ait(x, i?)`    an interruptible `for await (… of x)`, counted with those
 * - `__tsk.imp(s, o?)`    `import(s, o)`, resolved from the notebook's folder
 * - `__tsk.res(n, value)` the value of cell n's last expression: shown when the cell ended well; returns undefined
 * - `__tsk.meta`          `import.meta`
 * - `__tsk.noteStack()`   called by an interrupt in the midst of the cell: keeps where that is
 * - `__tunelab.magic(name, args)`  a line magic; `__tunelab.shell(command)` a `!command`: promises, so write `await __tsk.aw(…)`
 * - `__tunelab.begin(name, args)`, `__tunelab.end(value)`  around the TypeScript of a line magic
 * - `require`             CommonJS, from the notebook's folder
 */
export interface CompiledCell {
  /** The execution count, from 1; negative for cells that are not counted (warm-up, silent). */
  readonly number: number;
  /** `cell-3.ts`; equals the `//# sourceURL` at the end of `code`. */
  readonly file: string;
  /** What the person wrote. */
  readonly source: string;
  /** JavaScript for V8's REPL mode. Empty when there is nothing to run. */
  readonly code: string;
  /** Source map (version 3, JSON) from `code` to `source`. */
  readonly map?: string;
  /** Declared, free, written and mutated names, for the dependency slice (kernel-ext/language). */
  readonly facts?: CellFacts;
  /** Set for a `%%name` cell: `code` is then the compiled body (empty for bodies that are plain text). */
  readonly magic?: CellMagicCall;
}

export interface CellMagicCall {
  /** Without the percent signs. */
  readonly name: string;
  /** The rest of line 1. */
  readonly args: string;
  /** The lines after the first, as written. */
  readonly body: string;
}

/** A cell that ran, as the session remembers it. */
export interface CellRecord extends CompiledCell {
  readonly status: "ok" | "error";
  /** Wall time of the run in milliseconds. */
  readonly milliseconds: number;
  /** A model was trained in it. */
  readonly trained?: boolean;
}
