/** What a sweep's worker is told to become: plain JSON. */
import type { CompiledCell } from "./compiledCell.js";

export interface WorkerSetup {
  /** The notebook's folder. */
  readonly folder: string;
  /** Cells to run again, in this order. */
  readonly cells: readonly ReplayedCell[];
  /** The objective: the compiled body of a `%%sweep` cell, or a name of the notebook to call with `(params, trial)`. */
  readonly objective: { readonly body: CompiledCell } | { readonly call: string };
}

export interface ReplayedCell extends CompiledCell {
  /** It failed in the notebook: what it left behind half-way is needed, its error is not. */
  readonly failed: boolean;
}
