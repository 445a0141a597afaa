/** What a resumed training must have in common with the one it goes on from, so that it is the same training. */
import type { Split } from "../../data/split.js";
import type { tf } from "../../native/index.js";
import type { Optimizer } from "../../optim/optimizer.js";
import type { CapturedStepOptions } from "../capturedStepOptions.js";
import { sayableWeights } from "../classWeights.js";
import { saidLoss } from "../heads.js";
import { outputNames } from "../outputNames.js";
import type { TrainingPlan } from "../trainingPlan.js";
import { inputsHash, targetsHash } from "./contentHash.js";
import { difference } from "./difference.js";
import { modelFacts } from "./modelFacts.js";

/** By the option's name; each as JSON says it. */
export type TrainingFacts = Readonly<Record<string, unknown>>;

export interface FactsInput {
  readonly training: TrainingPlan;
  readonly optimizer: Optimizer;
  readonly step: Omit<CapturedStepOptions, "histograms" | "capture">;
}

/** Of a training that has not begun: a training may change its model. Reads all data once. */
export function trainingFacts(
  model: tf.LayersModel,
  { training, optimizer, step }: FactsInput,
): TrainingFacts {
  const { train, validation, classWeights, schedule } = training;
  return {
    samples: train.size,
    inputShape: inputShapes(train),
    inputs: inputsHash(train),
    targets: targetsHash(train),
    validationSamples: validation?.size ?? 0,
    validationInputs: validation ? inputsHash(validation) : null,
    validationTargets: validation ? targetsHash(validation) : null,
    model: modelFacts(model),
    batchSize: training.batchSize,
    accumulate: training.accumulate,
    notFinite: training.notFinite,
    seed: training.seed,
    shuffle: training.shuffle,
    // What is measured is called by them.
    outputs: model.outputs.length > 1 ? outputNames(model) : null,
    loss: saidLoss(training.loss, ({ name, own }) => own ?? name),
    lossWeights: step.lossWeights ?? null,
    optimizer: optimizer.name,
    optimizerOptions: sayable(optimizer.settings),
    learningRate: training.learningRate,
    schedule: schedule.name,
    scheduleSettings: sayable(schedule.settings ?? {}),
    clipNorm: step.clipNorm ?? null,
    clipValue: step.clipValue ?? null,
    clipAdaptive: sayable(step.clipAdaptive ?? null),
    precision: step.precision ?? "float32",
    lossScale: training.lossScale ?? null,
    labelSmoothing: step.labelSmoothing ?? 0,
    classWeights: classWeights ? sayableWeights(classWeights) : null,
    earlyStopping: training.earlyStopping?.settings ?? null,
  };
}

/** Of one input its shape, of several a list of theirs. */
function inputShapes({ inputShape, columns }: Split): unknown {
  return columns && columns.inputs.length > 1 ? columns.inputs.map(({ shape }) => shape) : inputShape;
}

/** With functions, such as a choice between weights, as their texts. */
function sayable(value: unknown): unknown {
  if (typeof value === "function") return String(value);
  if (Array.isArray(value)) return value.map(sayable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, sayable(entry)]));
}

/** What checkpoints had that were written before there was a choice. */
const onceAlone: TrainingFacts = { precision: "float32", lossScale: null };

/** @throws RangeError naming the first fact that differs. */
export function assertSameTraining(run: string, before: TrainingFacts, now: TrainingFacts): void {
  for (const name of Object.keys(now)) {
    const found = difference(before[name] ?? onceAlone[name], now[name], name);
    if (found)
      throw new RangeError(
        `fit needs the same ${found.path} to resume run "${run}", which had ${found.had}; it was given ${found.has}`,
      );
  }
}
