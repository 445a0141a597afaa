/**
 * The numbers of a step, packed into one tensor on the device and read on the host. float32 [3]: loss, the sum of the
 * metric's values, and 0 where something was not finite that is looked at, else 1. Of several outputs
 * float32 [2 + 2 · outputs]: loss, each one's sum, that number, each one's own loss. Of one output what
 * `ForwardBackward.rows` says follows where it was asked for, of validation the samples' answers.
 */
import { tf } from "../../native/index.js";
import { type Head, headLossName, metricName } from "../heads.js";
import type { EvaluationResult, StepResult, StepRows } from "../seams.js";
import { meansOf } from "../totals.js";
import type { Forward } from "./forwardBackward.js";
import type { Look } from "./lookedAt.js";

/** What a step's computation returned. */
export interface Outcome {
  readonly rows: readonly Float32Array[];
  /** How many values of each output's metric were summed. */
  readonly counts: readonly number[];
  /** What of a sampled step is in the rows behind the first. */
  readonly looks: readonly Look[];
  /** The whole of the first row, which then ends before the samples' numbers: of this call, until the next. */
  readonly whole?: { readonly values: Float32Array; readonly length: number };
}

export function packNumbers(
  { loss, measured, losses }: Forward,
  finite: tf.Tensor,
  rows: readonly tf.Tensor[] = [],
): tf.Tensor {
  const numbers = tf.stack([loss, ...measured.map(({ sum }) => sum), finite, ...losses]);
  return rows.length > 0 ? tf.concat([numbers, ...rows]) : numbers;
}

/** Numbers of a model with one output, before those of the samples. */
export const plainNumbers = 3;

function placesOf(heads: number): { sums: number; finite: number; losses: number } {
  return { sums: 1, finite: 1 + heads, losses: 2 + heads };
}

export function countsOf({ measured }: Forward): number[] {
  return measured.map(({ count }) => count);
}

/**
 * The means are divided in float64, so that of 4851 right answers among 5000 it is 0.9702.
 *
 * @param size samples in the batch
 */
export function stepResult(outcome: Outcome, heads: readonly Head[], size: number): StepResult {
  return heads.length === 1
    ? resultOfOne(outcome, heads[0] as Head, size)
    : resultOfSeveral(outcome, heads, size);
}

/** As `stepResult`, of a step of validation. */
export function evaluationResult(outcome: Outcome, heads: readonly Head[], size: number): EvaluationResult {
  const { rows, ...means } = stepResult(outcome, heads, size);
  return rows ? { ...means, answers: rows.values.subarray(rows.from, rows.from + size) } : means;
}

function resultOfOne(
  { rows, counts, whole }: Outcome,
  { loss: { measures } }: Head,
  size: number,
): StepResult {
  const numbers = rows[0] as Float32Array;
  const [loss = Number.NaN, sum = Number.NaN] = numbers;
  const count = counts[0] as number;
  const means = { loss, metrics: { [measures]: sum / count }, totals: { [measures]: { sum, count } } };
  const { values, length } = whole ?? { values: numbers, length: numbers.length };
  if (length === plainNumbers) return means;
  const of: StepRows = { values, from: plainNumbers, hasAnswers: length > plainNumbers + size };
  return { ...means, rows: of };
}

function resultOfSeveral({ rows, counts }: Outcome, heads: readonly Head[], size: number): StepResult {
  const numbers = rows[0] as Float32Array;
  const at = placesOf(heads.length);
  const losses = heads.map((head, k): Total => {
    return [headLossName(head), { sum: (numbers[at.losses + k] ?? Number.NaN) * size, count: size }];
  });
  const measured = heads.map((head, k): Total => {
    return [metricName(head, heads), { sum: numbers[at.sums + k] ?? Number.NaN, count: counts[k] as number }];
  });
  const totals = Object.fromEntries([...losses, ...measured]);
  return { loss: numbers[0] ?? Number.NaN, metrics: meansOf(totals), totals };
}

type Total = [name: string, of: { sum: number; count: number }];

/** Whether what a part was asked to look at is finite. */
export function isFinitePart({ rows }: Outcome, heads: number): boolean {
  return rows[0]?.[placesOf(heads).finite] === 1;
}
