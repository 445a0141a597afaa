/** How a cell is run, and what came of it. */
import type { CompiledCell } from "./compiledCell.js";
import type { ErrorReport, ExpressionResult, MimeData } from "./protocol.js";

export interface RunOptions {
  /** Show nothing but what the cell itself writes, keep no record. */
  readonly silent?: boolean;
  readonly expressions?: Readonly<Record<string, CompiledCell>>;
  readonly ended: (end: CellOutcome) => void;
}

export interface CellOutcome {
  readonly cell: number;
  readonly milliseconds: number;
  /** What the cell threw, as it was thrown. */
  readonly error?: { readonly thrown: unknown; readonly report: ErrorReport };
  /** The value of the last expression. */
  readonly value: unknown;
  readonly expressions?: Readonly<Record<string, ExpressionResult>>;
  readonly page?: MimeData;
}
