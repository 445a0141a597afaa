/** What a resumed training must have in common with the one it goes on from, so that it is the same training. */
import { createHash } from "node:crypto";
import type { Optimizer } from "../../optim/optimizer.js";
import type { CapturedStepOptions } from "../capturedStepOptions.js";
import type { TrainingPlan } from "../trainingPlan.js";

/** By the option's name; each as JSON says it. */
export type TrainingFacts = Readonly<Record<string, unknown>>;

export interface FactsInput {
  readonly training: TrainingPlan;
  readonly optimizer: Optimizer;
  readonly step: Omit<CapturedStepOptions, "histograms" | "capture">;
}

/** Of the data only size, shape and labels or targets: samples may be many. */
export function trainingFacts({ training, optimizer, step }: FactsInput): TrainingFacts {
  const { train, validation, classWeights } = training;
  const { y } = train;
  const targets = createHash("sha256").update(new Uint8Array(y.buffer, y.byteOffset, y.byteLength));
  return {
    samples: train.size,
    inputShape: train.inputShape,
    targets: targets.digest("hex").slice(0, 16),
    validationSamples: validation?.size ?? 0,
    batchSize: training.batchSize,
    accumulate: training.accumulate,
    notFinite: training.notFinite,
    seed: training.seed,
    shuffle: training.shuffle,
    loss: training.loss,
    optimizer: optimizer.name,
    optimizerOptions: optimizer.settings,
    learningRate: training.learningRate,
    schedule: training.schedule.name,
    clipNorm: step.clipNorm ?? null,
    clipValue: step.clipValue ?? null,
    clipAdaptive: step.clipAdaptive ?? null,
    labelSmoothing: step.labelSmoothing ?? 0,
    classWeights: classWeights ? [...classWeights] : null,
    earlyStopping: training.earlyStopping?.monitor ?? null,
  };
}

/** @throws RangeError naming the first fact that differs. */
export function assertSameTraining(run: string, before: TrainingFacts, now: TrainingFacts): void {
  for (const name of Object.keys(now)) {
    const [had, has] = [JSON.stringify(before[name] ?? null), JSON.stringify(now[name] ?? null)];
    if (had !== has)
      throw new RangeError(
        `fit needs the same ${name} to resume run "${run}", which had ${had}; it was given ${has}`,
      );
  }
}
