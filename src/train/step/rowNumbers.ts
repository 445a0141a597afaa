/** Where the numbers go that a step tells of its samples. */
import type { StepResult } from "../seams.js";
import { plainNumbers } from "./stepNumbers.js";

/** One array for all calls, since a new one at every step costs much of a small net's time. */
export class RowNumbers {
  #values = new Float32Array();

  /** Long enough for a loss and an answer of each sample, behind the batch's own numbers. */
  for(samples: number): Float32Array {
    const most = plainNumbers + 2 * samples;
    if (this.#values.length < most) this.#values = new Float32Array(most);
    return this.#values;
  }
}

/** They stay as they are at the next call. */
export function withOwnRows(result: StepResult): StepResult {
  const { rows } = result;
  return rows ? { ...result, rows: { ...rows, values: rows.values.slice() } } : result;
}
