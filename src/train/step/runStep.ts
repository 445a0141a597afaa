/** One call of a step, captured or eagerly: the same numbers either way. */
import { binding } from "../../native/binding.js";
import { takeInto, takeValues } from "../../native/capture/takeValues.js";
import type { Handle } from "../../native/handles.js";
import { tf } from "../../native/index.js";
import { withoutRewrites } from "../../native/rewrites.js";
import { freeEarlierStates } from "../../native/statefulLayers.js";
import { tensorflow } from "../../native/tensorflow.js";
import { tensorId } from "../../native/tensorId.js";
import { type Batch, batchTensors } from "../batch.js";
import { runBody, type StepKind, stepKinds } from "./captureStep.js";
import type { Look } from "./lookedAt.js";
import type { StepPlan } from "./stepBody.js";
import type { StepFeed } from "./stepFeed.js";
import type { StepFunction } from "./stepFunctions.js";
import { type Outcome, plainNumbers } from "./stepNumbers.js";
import type { StepState } from "./stepState.js";
import type { StepsFeed } from "./stepsFeed.js";

/** A step this slow is worth a thread of its own, so that the event loop goes on. */
const slowMilliseconds = 20;

/** What a step reads, as its kind says. */
export interface StepReads {
  readonly kind: StepKind;
  readonly batch: Batch | undefined;
  readonly feed: StepFeed | undefined;
  readonly state: StepState;
  /** Where the first result goes if it has numbers of the samples; long enough for them. */
  readonly kept?: Float32Array | undefined;
}

/** Synchronously, unless it takes long. */
export function runCaptured(
  step: StepFunction,
  { kind, batch, feed, state, kept }: StepReads,
): Outcome | Promise<Outcome> {
  const inputs = batch ? batchHandles(batch) : [];
  if (feed) inputs.push(...feed.handles());
  inputs.push(...state.handlesFor(stepKinds[kind]));
  const start = performance.now();
  const finish = (outputs: readonly bigint[]) => {
    const whole = kept && { values: kept, length: takeInto(tensorflow(), outputs[0] as bigint, kept) };
    const rest = outputs.slice(whole ? 1 : 0).map((output) => takeValues(tensorflow(), output));
    step.time.add(performance.now() - start);
    const { counts, looks } = step;
    return whole
      ? { rows: [whole.values.slice(0, plainNumbers), ...rest], counts, looks, whole }
      : { rows: rest, counts, looks };
  };
  return isFast(step) ? finish(step.call.run(inputs)) : step.call.runAside(inputs).then(finish);
}

/** Whether a call of so many steps is known to be short. */
function isFast({ time }: StepFunction, steps = 1): boolean {
  return time.usual !== undefined && time.usual * steps <= slowMilliseconds;
}

/**
 * Several steps in one call.
 *
 * @param all what the fed rows are rows of
 * @returns of each step that was done, since the last may have come early
 */
export function runSteps(
  step: StepFunction,
  { all, feed, state }: { all: Batch; feed: StepsFeed; state: StepState },
): Outcome[] | Promise<Outcome[]> {
  const inputs = [...feed.handles(), ...batchHandles(all), ...state.handlesFor(stepKinds.train)];
  const start = performance.now();
  const finish = (outputs: readonly bigint[]) => {
    const [done, rows] = outputs.map((output) => takeValues(tensorflow(), output)) as [
      Float32Array,
      Float32Array,
    ];
    const count = done[0] as number;
    step.time.add(performance.now() - start, count);
    const width = rows.length / feed.shape.most;
    return Array.from({ length: count }, (_, i) => ({
      rows: [rows.subarray(i * width, (i + 1) * width)],
      counts: step.counts,
      looks: [],
    }));
  };
  return isFast(step, feed.steps) ? finish(step.call.run(inputs)) : step.call.runAside(inputs).then(finish);
}

export function runEagerly(plan: StepPlan, { kind, batch, feed, state }: StepReads): Outcome {
  const rows: Float32Array[] = [];
  let counts: readonly number[] = [];
  let looks: readonly Look[] = [];
  tf.tidy(() => {
    const { scalars = new Float32Array(), seed = new Int32Array() } = feed ?? {};
    const given = { batch: batch as Batch, scalars: tf.tensor1d(scalars), seed: tf.tensor1d(seed, "int32") };
    const inputs = { ...given, ...state.resourcesFor(stepKinds[kind]) };
    const outputs = withoutRewrites(plan.without, () => runBody(plan, kind, inputs));
    ({ counts, looks } = outputs);
    for (const tensor of outputs.tensors) rows.push(tensor.dataSync() as Float32Array);
  });
  freeEarlierStates(plan.stateful);
  return { rows, counts, looks };
}

function batchHandles(batch: Batch): Handle[] {
  return batchTensors(batch).map((tensor) => binding.handle(tensorId(tensor), "a batch"));
}
