/** Keeps what each training sample lost in an epoch, and was told, from the steps that trained it: nothing is computed again. */
import type { Recorder } from "./recorder.js";
import type { StepResult } from "./seams.js";

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

  /** @param rows the samples of a batch @param result of its step, which may not have their losses */
  add(rows: Int32Array, { rowLosses, rowAnswers }: Pick<StepResult, "rowLosses" | "rowAnswers">): void {
    if (!this.#recorder || rowLosses?.length !== rows.length) return;
    this.#seen = true;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] as number;
      this.#losses[row] = rowLosses[i] as number;
      this.#answers[row] = rowAnswers?.[i] ?? Number.NaN;
    }
  }

  /** @param epoch from 1 */
  endEpoch(epoch: number): void {
    if (!this.#seen) return;
    if (isRecordedEpoch(epoch)) this.#recorder?.rows(epoch, { losses: this.#losses, answers: this.#answers });
    this.#losses.fill(Number.NaN);
    this.#answers.fill(Number.NaN);
    this.#seen = false;
  }
}
