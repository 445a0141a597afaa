/**
 * Takes a few steps on one batch before a training begins, and leaves everything as it was.
 *
 * The steps are those of the training: its optimiser, loss and noise, and its batch size where that is between 16 and 128, so that
 * what is captured here is used there. They have weights and slots of their own (`StepState` copies them), seeds are an
 * input, and the batch is chosen by random numbers of its own: nothing that the training computes with is touched.
 */
import { breather } from "../base/breather.js";
import { type Deadline, OutOfTime } from "../base/deadline.js";
import { random } from "../base/random.js";
import { tf } from "../native/index.js";
import { type BatchTries, batchTries } from "./batchTries.js";
import { createCapturedStep } from "./capturedStep.js";
import type { CapturedStepOptions } from "./capturedStepOptions.js";
import { feeder } from "./deviceFeed.js";
import { applyToLogits } from "./head.js";
import { headsOf } from "./heads.js";
import { statefulBatch } from "./statefulBatch.js";
import { modelWeights } from "./step/modelWeights.js";
import type { TrainingPlan } from "./trainingPlan.js";

/** Rows of a batch: TheDeepChecker (TOSEM 2023) takes 16. */
const [leastRows, usualRows, mostRows] = [16, 32, 128] as const;
/** More bytes of weights are not copied beside a model that trains. */
const mostBytes = 64e6;
/** A pass backward costs about two forward. */
const passes = 3;
/** Of a model that answers a row in less, it is the calls that take time, not the rows. */
const shortMilliseconds = 10;
const slowMilliseconds = 200;
/** Rows by which it is seen what a further one takes. */
const fewRows = 4;
/** Part of the time that a step may take. */
const partOfBudget = 1 / 2;

export interface OneBatchOptions {
  readonly step: CapturedStepOptions;
  /** Ends it early. */
  readonly signals: readonly AbortSignal[];
  /** No step is begun that would not end by then, as long as it took before. */
  readonly deadline: Deadline;
}

const noTime = { why: new OutOfTime().message };

/** @returns why nothing could be tried, as a part of a sentence, where that is so */
export async function oneBatch(
  model: tf.LayersModel,
  plan: TrainingPlan,
  { step: options, signals, deadline }: OneBatchOptions,
): Promise<BatchTries | { readonly why: string }> {
  const budget = deadline.left;
  const refused = refusalOf(model, plan);
  if (refused !== undefined) return { why: refused };
  if (budget === 0) return noTime;
  const { rows: size, usual } = affordable(model, plan, deadline);
  if (size < leastRows) return { why: "its steps take too long" };
  // The first step takes longest, and cannot be ended: on a machine so busy it is not begun.
  if (deadline.left < budget * (1 - partOfBudget)) return noTime;
  const rows = random(0).split("preflight").permutation(plan.train.size).subarray(0, size);
  const goesOn = (milliseconds: number) =>
    deadline.left > milliseconds && !signals.some((signal) => signal.aborted);
  return leavingWeights(model, async () => {
    const batch = feeder(plan.train, undefined)(rows);
    try {
      const step = createCapturedStep(model, { ...options, rowLosses: true });
      try {
        const { lossWeights, labelSmoothing } = options;
        const heads = headsOf(model, plan.loss);
        const of = { plan, heads, lossWeights, labelSmoothing, batch, rows, goesOn, usual };
        const breath = breather(...signals);
        const tries = await batchTries(step, { ...of, now: deadline.now, breathe: () => breath.breathe() });
        return tries.outputs.length > 0 ? tries : noTime;
      } finally {
        step.dispose();
      }
    } finally {
      batch.dispose();
    }
  });
}

function refusalOf(model: tf.LayersModel, { train }: TrainingPlan): string | undefined {
  if (statefulBatch(model) !== undefined) return "the states of its layers go on from batch to batch";
  if (4 * model.countParams() > mostBytes) return `it has over ${mostBytes / 1e6} MB of weights`;
  if (train.size < leastRows) return `there are fewer than ${leastRows} rows`;
  return undefined;
}

/** A step gives the model what it trained when it is disposed. The tensors themselves come back: no number is copied. */
async function leavingWeights<T>(model: tf.LayersModel, work: () => Promise<T>): Promise<T> {
  const kept = modelWeights(model).map(({ variable }) => ({ variable, value: tf.keep(variable.clone()) }));
  try {
    return await work();
  } finally {
    for (const { variable, value } of kept) {
      variable.assign(value);
      value.dispose();
    }
  }
}

interface Affordable {
  /** The training's own batch size, or what there is time for of it. */
  readonly rows: number;
  /** Milliseconds that a step of them may take. */
  readonly usual: number;
}

function affordable(
  model: tf.LayersModel,
  { train, batchSize }: TrainingPlan,
  deadline: Deadline,
): Affordable {
  const budget = deadline.left;
  const most = Math.min(train.size, batchSize >= leastRows && batchSize <= mostRows ? batchSize : usualRows);
  const one = forwardMilliseconds(model, train, { rows: 1, now: deadline.now });
  // Of a small model the calls take the time.
  if (one < shortMilliseconds) return { rows: most, usual: passes * shortMilliseconds };
  // What a call takes by itself is no row's.
  const further =
    Math.max(0, forwardMilliseconds(model, train, { rows: fewRows, now: deadline.now }) - one) /
    (fewRows - 1);
  const time = (partOfBudget * budget) / passes;
  if (one > time) return { rows: 0, usual: passes * one };
  const rows = Math.min(most, 1 + Math.floor((time - one) / further));
  return { rows, usual: passes * (one + (rows - 1) * further) };
}

/** In milliseconds. Who shares the machine takes time of the clock, not of the processor's for this process. */
function timesNow(now: () => number): { readonly wall: number; readonly processor: number } {
  const { user, system } = process.cpuUsage();
  return { wall: now(), processor: (user + system) / 1000 };
}

/** The shortest of three: the first run of a kernel takes longer. */
function forwardMilliseconds(
  model: tf.LayersModel,
  train: TrainingPlan["train"],
  { rows, now }: { readonly rows: number; readonly now: () => number },
): number {
  const { x, moreX = [], dispose } = feeder(train, undefined)(Int32Array.from({ length: rows }, (_, i) => i));
  let shortest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3 && shortest >= shortMilliseconds; i++) {
    const start = timesNow(now);
    tf.tidy(() => {
      for (const output of applyToLogits(model, [x, ...moreX], { training: false })) output.dataSync();
    });
    const end = timesNow(now);
    shortest = Math.min(shortest, end.wall - start.wall, end.processor - start.processor);
    // Of a slow model twice is enough.
    if (i > 0 && shortest > slowMilliseconds) break;
  }
  dispose();
  return shortest;
}
