/** `display(value)`: a cell shows values before it has ended. */
import { types } from "node:util";
import type { CellMaps } from "./cellMaps.js";
import type { CellOutput } from "./cellOutput.js";
import { OwnPromise, whenSettled } from "./intrinsics.js";
import type { ShownValue } from "./ownBundle.js";
import { valueBundle } from "./valueBundle.js";

/**
 * Invariant: a value is shown before `show` returns, between what the cell wrote before and after it; only one whose own
 * method gives a promise is shown when that has settled, and the cell waits for it by `settled`.
 */
export class CellDisplays {
  private waiting: Promise<void>[] = [];

  constructor(
    private readonly output: CellOutput,
    private readonly maps: CellMaps,
  ) {}

  /** Shows each as the value of a last expression is shown. Throws what a value's own method throws. */
  show(values: readonly unknown[]): void {
    const { cell } = this.output;
    const put = ({ data, metadata }: ShownValue) => this.output.display(data, { cell, metadata });
    for (let at = 0; at < values.length; at++) {
      const shown = valueBundle(values[at], this.maps);
      if (types.isPromise(shown)) this.waiting[this.waiting.length] = whenSettled(shown, put);
      else put(shown);
    }
  }

  /** Undefined when nothing is waited for. Else it rejects with what the first method that fails does. */
  settled(): Promise<unknown> | undefined {
    const { waiting } = this;
    this.forget();
    return waiting.length > 0 ? OwnPromise.all(waiting) : undefined;
  }

  /** The cell has ended: what fails from now on is told as any promise that nobody waits for. */
  forget(): void {
    this.waiting = [];
  }
}
