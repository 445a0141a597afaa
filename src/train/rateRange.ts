/** The loss while the learning rate rises: Smith's range test. */
import { breather } from "../base/breather.js";
import { random } from "../base/random.js";
import type { tf } from "../native/index.js";
import type { Batch } from "./batch.js";
import { deviceFeed } from "./deviceFeed.js";
import { LossScale } from "./lossScale.js";
import type { TrainingStep } from "./seams.js";
import { SmoothedLoss } from "./smoothedLoss.js";
import type { TrainingPlan } from "./trainingPlan.js";
import { type Update, Updates } from "./updates.js";

export interface RateRange {
  /** The first and the last rate. */
  readonly from: number;
  readonly to: number;
  /** Number of steps, rates between being evenly spaced in their logarithm. */
  readonly steps: number;
  /** Decay of the loss's moving average, in [0, 1). */
  readonly smoothing: number;
  /** It ends where the smoothed loss is this many times its least. */
  readonly divergence: number;
}

/** One entry a step. */
export interface RateCurve {
  readonly rates: readonly number[];
  readonly losses: readonly number[];
  /** Exponential moving average of the losses, without the bias of its start. */
  readonly smoothed: readonly number[];
  readonly diverged: boolean;
}

/**
 * Trains with a rate that rises exponentially until the loss diverges, then gives the model back its weights and disposes
 * the step.
 *
 * @throws Interrupted once a signal is aborted.
 */
export async function rateCurve(
  plan: TrainingPlan,
  range: RateRange,
  around: { step: TrainingStep<Batch>; model: tf.LayersModel; signals: readonly AbortSignal[] },
): Promise<RateCurve> {
  const kept = around.model.getWeights().map((weight) => weight.clone());
  try {
    return await climb(plan, range, around);
  } finally {
    around.step.dispose();
    around.model.setWeights(kept);
    for (const weight of kept) weight.dispose();
  }
}

async function climb(
  plan: TrainingPlan,
  { from, to, steps, smoothing, divergence }: RateRange,
  { step, signals }: { step: TrainingStep<Batch>; signals: readonly AbortSignal[] },
): Promise<RateCurve> {
  const lossScale = plan.lossScale && new LossScale(plan.lossScale);
  const skips = lossScale !== undefined;
  const updates = new Updates(step, { skips, gathers: skips, lossScale });
  const curve = { rates: [] as number[], losses: [] as number[], smoothed: [] as number[] };
  const breath = breather(...signals);
  const average = new SmoothedLoss(smoothing);
  const source = random(plan.seed);
  const noise = source.split("noise");
  for (const batch of endlessly(plan)) {
    try {
      const waited = breath.breathe();
      if (waited) await waited;
      const i = curve.rates.length;
      const learningRate = from * (to / from) ** (i / (steps - 1));
      const place = { samples: batch.size, isLast: true, isSampled: false };
      const seed = () => noise.split(i).seed();
      const update = await updates.take(batch, { options: { learningRate }, seed, ...place });
      // It waits for no other batch.
      const { loss } = (update as Update).result;
      const smoothed = average.add(loss);
      curve.rates.push(learningRate);
      curve.losses.push(loss);
      curve.smoothed.push(smoothed);
      if (!Number.isFinite(loss) || smoothed > divergence * average.least)
        return { ...curve, diverged: true };
      if (i + 1 === steps) return { ...curve, diverged: false };
    } finally {
      batch.dispose();
    }
  }
  return { ...curve, diverged: false };
}

/** Epoch after epoch, in the orders that `fit` has with the same seed. */
function* endlessly({ train, batchSize, shuffle, seed, classWeights }: TrainingPlan) {
  const orders = random(seed).split("shuffle");
  for (let epoch = 1; ; epoch++)
    yield* deviceFeed(train, { batchSize, shuffle, seed: orders.split(epoch).seed(), classWeights });
}
