/** One call of a step, captured or eagerly: the same numbers either way. */
import { binding } from "../../native/binding.js";
import { takeValues } from "../../native/capture/takeValues.js";
import type { Handle } from "../../native/handles.js";
import { tf } from "../../native/index.js";
import { tensorflow } from "../../native/tensorflow.js";
import { tensorId } from "../../native/tensorId.js";
import { type Batch, batchTensors } from "../batch.js";
import { type Head, headLossName, metricName } from "../heads.js";
import type { StepResult } from "../seams.js";
import { runBody, type StepKind, stepKinds } from "./captureStep.js";
import { placesOf, type StepPlan } from "./stepBody.js";
import type { StepFeed } from "./stepFeed.js";
import type { StepFunction } from "./stepFunctions.js";
import type { StepState } from "./stepState.js";

/** A step this slow is worth a thread of its own, so that the event loop goes on. */
const slowMilliseconds = 20;

/** What a step's computation returned. */
export interface Outcome {
  readonly rows: readonly Float32Array[];
  /** How many values of each output's metric were summed. */
  readonly counts: readonly number[];
}

/** What a step reads, as its kind says. */
export interface StepReads {
  readonly kind: StepKind;
  readonly batch: Batch | undefined;
  readonly feed: StepFeed | undefined;
  readonly state: StepState;
}

/** Synchronously, unless it takes long. */
export function runCaptured(
  step: StepFunction,
  { kind, batch, feed, state }: StepReads,
): Outcome | Promise<Outcome> {
  const inputs = batch ? batchHandles(batch) : [];
  if (feed) inputs.push(...feed.handles());
  inputs.push(...state.handlesFor(stepKinds[kind]));
  const start = performance.now();
  const finish = (outputs: readonly bigint[]) => {
    const rows = outputs.map((output) => takeValues(tensorflow(), output));
    step.milliseconds = smoothed(step.milliseconds, performance.now() - start);
    return { rows, counts: step.counts };
  };
  const isFast = step.milliseconds ? step.milliseconds <= slowMilliseconds : false;
  return isFast ? finish(step.call.run(inputs)) : step.call.runAside(inputs).then(finish);
}

export function runEagerly(plan: StepPlan, { kind, batch, feed, state }: StepReads): Outcome {
  const rows: Float32Array[] = [];
  let counts: readonly number[] = [];
  tf.tidy(() => {
    const { scalars = new Float32Array(), seed = new Int32Array() } = feed ?? {};
    const given = { batch: batch as Batch, scalars: tf.tensor1d(scalars), seed: tf.tensor1d(seed, "int32") };
    const outputs = runBody(plan, kind, { ...given, ...state.resourcesFor(stepKinds[kind]) });
    counts = outputs.counts;
    for (const tensor of outputs.tensors) rows.push(tensor.dataSync() as Float32Array);
  });
  return { rows, counts };
}

/**
 * The means are divided in float64, so that of 4851 right answers among 5000 it is 0.9702.
 *
 * @param size samples in the batch
 */
export function stepResult(outcome: Outcome, heads: readonly Head[], size: number): StepResult {
  return heads.length === 1 ? resultOfOne(outcome, heads[0] as Head) : resultOfSeveral(outcome, heads, size);
}

function resultOfOne({ rows, counts }: Outcome, { loss: { measures } }: Head): StepResult {
  const [loss = Number.NaN, sum = Number.NaN] = rows[0] as Float32Array;
  const count = counts[0] as number;
  return { loss, metrics: { [measures]: sum / count }, totals: { [measures]: { sum, count } } };
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
  const all = [...losses, ...measured];
  return {
    loss: numbers[0] ?? Number.NaN,
    metrics: Object.fromEntries(all.map(([name, { sum, count }]) => [name, sum / count])),
    totals: Object.fromEntries(all),
  };
}

type Total = [name: string, of: { sum: number; count: number }];

/** Whether what a part was asked to look at is finite. */
export function isFinitePart({ rows }: Outcome, heads: number): boolean {
  return rows[0]?.[placesOf(heads).finite] === 1;
}

function batchHandles(batch: Batch): Handle[] {
  return batchTensors(batch).map((tensor) => binding.handle(tensorId(tensor), "a batch"));
}

/** The first call also compiles, so it does not count (0); the second starts the average. */
function smoothed(before: number | undefined, now: number): number {
  if (before === undefined) return 0;
  return before === 0 ? now : 0.7 * before + 0.3 * now;
}
