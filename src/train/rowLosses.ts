/** Keeps what each training sample lost in an epoch, and was told, from the steps that trained it: nothing is computed again. */
import type { Recorder } from "./recorder.js";
import type { StepRows } from "./seams.js";

/**
 * Whether an epoch's losses are recorded: the first four, then twice a doubling (6, 8, 12, 16, 24, …).
 *
 * @param epoch from 1
 */
export function isRecordedEpoch(epoch: number): boolean {
  const odd = epoch / (epoch & -epoch);
  return odd === 1 || odd === 3;
}

export class RowLosses {
  readonly #recorder: Pick<Recorder, "rows"> | undefined;
  readonly #losses: Float32Array;
  readonly #answers: Float32Array;
  #seen = false;

  /** @param samples of the training split @param recorder undefined: nothing is kept */
  constructor(samples: number, recorder: Pick<Recorder, "rows"> | undefined) {
    this.#recorder = recorder;
    this.#losses = new Float32Array(recorder ? samples : 0).fill(Number.NaN);
    this.#answers = this.#losses.slice();
  }

  /** Whether it keeps anything of this epoch, from 1. */
  isFor(epoch: number): boolean {
    return this.#recorder !== undefined && isRecordedEpoch(epoch);
  }

  /** @param rows the samples of a batch @param of what its step told of them, if it did */
  add(rows: Int32Array, of: StepRows | undefined): void {
    if (!of) return;
    this.#seen = true;
    const { values, from, hasAnswers } = of;
    const count = rows.length;
    for (let i = 0; i < count; i++) {
      const row = rows[i] as number;
      this.#losses[row] = values[from + i] as number;
      if (hasAnswers) this.#answers[row] = values[from + count + i] as number;
    }
  }

  /** @param epoch from 1 */
  endEpoch(epoch: number): void {
    if (!this.#seen) return;
    this.#recorder?.rows(epoch, { losses: this.#losses, answers: this.#answers });
    this.#losses.fill(Number.NaN);
    this.#answers.fill(Number.NaN);
    this.#seen = false;
  }
}
