/** Which cell started which of the session's processes: an interrupt is for the running cell's alone. */
import type { Descendant } from "./descendants.js";

/** What the main thread says of a child: its cell (0: none's), or that it has ended. */
export type ChildNotice =
  | { readonly child: number; readonly cell: number }
  | { readonly child: number; readonly ended: true };

/**
 * Invariant: a process is known from its start until its parent has heard of its end. Until then no other gets its
 * number.
 */
export class ChildCells {
  private readonly cells = new Map<number, number>();

  note(notice: ChildNotice): void {
    if ("ended" in notice) this.cells.delete(notice.child);
    else this.cells.set(notice.child, notice.cell);
  }

  /**
   * Of the processes those of `cell`. Each belongs to its nearest ancestor, itself included, of which a cell is known;
   * without one, to the cell that runs, if its line began after that. Such are children the main thread waits for
   * without a turn of its loop, and those of native code and of other threads.
   *
   * @param processes parents before children.
   * @param cell 0: that of nobody who was interrupted; only what has no known cell can be meant.
   * @param since when the cell began, as `Descendant.began`.
   */
  of(cell: number, processes: readonly Descendant[], since: number): number[] {
    const own = new Map<number, boolean>();
    for (const { pid, parent, began } of processes) {
      const known = this.cells.get(pid);
      // Both may have been cut to 32 bits: only their difference counts.
      if (known !== undefined) own.set(pid, cell !== 0 && known === cell);
      else own.set(pid, own.get(parent) ?? ((began - since) | 0) >= 0);
    }
    return processes.filter(({ pid }) => own.get(pid)).map(({ pid }) => pid);
  }
}
