import type { CellRecord, CompiledCell } from "./compiledCell.js";
import { append } from "./primordials.js";

/** The cell that runs, and what is kept of those that ran. */
export class CellRecords {
  /** Oldest first. */
  readonly list: CellRecord[] = [];
  private current: CompiledCell | undefined;
  private trained = false;

  /** The cell that runs now. */
  get running(): CompiledCell | undefined {
    return this.current;
  }

  /** `cell` runs from now on. */
  begin(cell: CompiledCell): void {
    this.current = cell;
    this.trained = false;
  }

  /** The running cell trains a model. */
  noteTraining(): void {
    this.trained = true;
  }

  /** Keeps how the running cell went. One that is silent leaves nothing, and is not kept. */
  keep(cell: CompiledCell, went: Pick<CellRecord, "status" | "milliseconds">): void {
    append(this.list, { ...cell, ...went, ...(this.trained && { trained: true }) });
  }

  /** No cell runs. */
  end(): void {
    this.current = undefined;
  }
}
