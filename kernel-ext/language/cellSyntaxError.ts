/** A mistake in a cell that keeps it from being compiled. */
export interface CellSyntaxError {
  readonly message: string;
  /** 1-based line and 1-based column (UTF-16) in the cell as given to the compiler. */
  readonly line: number;
  readonly column: number;
  /** Length in UTF-16 units, at least 1, cut at the line's end. */
  readonly length: number;
}
