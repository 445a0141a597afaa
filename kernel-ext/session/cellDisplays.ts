/** `display(value)`: a cell shows values before it has ended. */
import { types } from "node:util";
import type { CellMaps } from "./cellMaps.js";
import type { CellOutput } from "./cellOutput.js";
import { OwnPromise, whenSettled } from "./intrinsics.js";
import type { ShownValue } from "./ownBundle.js";
import { append, shift } from "./primordials.js";
import { valueBundle } from "./valueBundle.js";

/** What the running cell has to wait for before it may end. */
interface Open {
  readonly cell: number;
  /** Values that have not said yet what they look like. */
  pending: number;
  /** What values failed with that the cell was not told of, first first. */
  readonly failures: unknown[];
  /** Called when there is something to tell whoever waits. */
  wake?: (() => void) | undefined;
}

/**
 * Invariants: a value is shown before `show` returns, between what the cell wrote before and after it; only one whose own
 * method gives a promise is shown when that has settled, where it would have been shown at the call. A cell waits by
 * `settled` for such values of its own, never for those of a cell that has ended. Each failure is told once: by
 * `settled`, or by `untold` when the cell has ended without it.
 */
export class CellDisplays {
  /** Undefined while no cell runs. */
  private open: Open | undefined;

  /** @param untold is told what a value of `cell` failed with that the cell no longer waits for. */
  constructor(
    private readonly output: CellOutput,
    private readonly maps: CellMaps,
    private readonly untold: (error: unknown, cell: number) => void,
  ) {}

  /** `cell` runs from now on. */
  begin(cell: number): void {
    this.open = { cell, pending: 0, failures: [] };
  }

  /** Shows each as the value of a last expression is shown. Throws what a value's own method throws. */
  show(values: readonly unknown[]): void {
    const { cell } = this.output;
    const put = this.output.displayer(cell);
    for (let at = 0; at < values.length; at++) {
      const shown = valueBundle(values[at], this.maps);
      if (types.isPromise(shown)) this.showLater(shown, put, cell);
      else put(shown);
    }
  }

  /** The cell that runs waits for `work`, whose failure is none of its. */
  hold(work: Promise<unknown>): void {
    const { open } = this;
    if (!open) return;
    open.pending++;
    const settle = () => {
      open.pending--;
      open.wake?.();
    };
    whenSettled(work, settle, settle);
  }

  /**
   * Undefined when nothing is waited for. Else it resolves once nothing is, also of what was shown meanwhile, and rejects
   * with what the first value that fails does.
   */
  settled(): Promise<void> | undefined {
    const { open } = this;
    if (!open || (open.pending === 0 && open.failures.length === 0)) return undefined;
    return new OwnPromise((resolve, reject) => {
      open.wake = () => {
        if (open.failures.length > 0) reject(shift(open.failures));
        else if (open.pending === 0) resolve();
        else return;
        open.wake = undefined;
      };
      open.wake();
    });
  }

  /** The cell has ended. */
  end(): void {
    const { open } = this;
    this.open = undefined;
    if (!open) return;
    for (let at = 0; at < open.failures.length; at++) this.untold(open.failures[at], open.cell);
  }

  /** Its failure is heard from the beginning: Node would tell of it else, and again when the cell comes to wait. */
  private showLater(shown: Promise<ShownValue>, put: (shown: ShownValue) => void, cell: number): void {
    const open = this.open?.cell === cell ? this.open : undefined;
    if (open) open.pending++;
    const settle = (note?: () => void) => {
      if (open) open.pending--;
      note?.();
      open?.wake?.();
    };
    whenSettled(
      whenSettled(shown, put),
      () => settle(),
      (error: unknown) => settle(() => this.fail(error, cell, open)),
    );
  }

  private fail(error: unknown, cell: number, open: Open | undefined): void {
    if (open && this.open === open) append(open.failures, error);
    else this.untold(error, cell);
  }
}
