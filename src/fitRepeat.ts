/** What a training was made of, kept so that it can be done again with changes. */
import { sizeOfShape } from "./base/sizeOfShape.js";
import type { Dataset } from "./data/dataset.js";
import {
  changedDataset,
  changedModel,
  changedOptions,
  type KeptBy,
  type ModelOrigin,
  modelOrigin,
  nearestAccuracy,
  needsOrigin,
  otherStart,
  type Repeatable,
  repeatable,
  targetDeviations,
} from "./fix/index.js";
import type { tf } from "./native/index.js";
import type { FitOptions } from "./train/fitOptions.js";
import type { FitPlan } from "./train/fitPlan.js";

/** The three things that `fit` takes, as they were before it began. */
export interface TrainingOrigin {
  readonly model: ModelOrigin | undefined;
  readonly dataset: Dataset;
  readonly options: FitOptions;
}

/** Undefined where nothing is recorded to be diagnosed, and in a sweep's trial, of which there are many. */
export function trainingOrigin(
  plan: FitPlan,
  given: { readonly model: tf.LayersModel; readonly dataset: Dataset; readonly options: FitOptions },
): TrainingOrigin | undefined {
  if (!plan.track || plan.trial || plan.resume !== undefined) return undefined;
  const { model, dataset, options } = given;
  return { model: modelOrigin(model), dataset, options: { ...options } };
}

/** A training that is done. */
export interface Trained {
  readonly id: string;
  readonly dir: string;
  readonly seconds: number;
}

type Train = (
  model: tf.LayersModel,
  dataset: Dataset,
  options: FitOptions,
) => Promise<{ readonly dir: string | undefined }>;

/** @param train `fit`: given, since it makes this itself. */
export function repeatableTraining(
  origin: TrainingOrigin,
  { trained, plan, train }: { readonly trained: Trained; readonly plan: FitPlan; readonly train: Train },
): Repeatable {
  const { id, dir, seconds } = trained;
  const { seed, epochs } = plan.training;
  return {
    dir,
    bytes: bytesOf(origin),
    epochs,
    seconds,
    keptBy: ({ fit }) => keptBy(changedOptions(repeatable(origin.options), fit), origin.dataset),
    targetDeviations: ({ data }) => targetDeviations(origin.dataset, data),
    attainable: ({ data }) => nearestAccuracy(data.reduce(changedDataset, origin.dataset)),
    otherStart: async ({ model }) => origin.model && otherStart(origin.model, model),
    async repeat(changes, { name, epochs: most }) {
      const options = changedOptions(repeatable(origin.options), changes.fit);
      const dataset = changes.data.reduce(changedDataset, origin.dataset);
      const model = await changedModel(needsOrigin(origin.model), changes.model, seed);
      const asked = options.epochs ?? epochs;
      const { histograms, histogramEntries, sampleEvery } = trackedAs(origin.options);
      try {
        const run = await train(model, dataset, {
          ...options,
          // It was looked at before the training that is repeated.
          preflight: false,
          epochs: most === undefined ? asked : Math.min(asked, most),
          seed,
          track: {
            name,
            parent: { id, dir },
            ...(histograms !== undefined && { histograms }),
            ...(histogramEntries !== undefined && { histogramEntries }),
            ...(sampleEvery !== undefined && { sampleEvery }),
          },
        });
        if (run.dir === undefined) throw new Error(`the training "${name}" could not be recorded`);
        return run.dir;
      } finally {
        model.dispose();
      }
    },
  };
}

function keptBy(
  { earlyStopping, restoreBest = false }: FitOptions,
  { validation }: Dataset,
): KeptBy | undefined {
  const usual = validation ? "valLoss" : "loss";
  if (earlyStopping)
    return earlyStopping.restoreBest === false
      ? undefined
      : { ...earlyStopping, monitor: earlyStopping.monitor ?? usual };
  if (restoreBest === false) return undefined;
  const options = restoreBest === true ? {} : restoreBest;
  return { ...options, monitor: options.monitor ?? usual };
}

function trackedAs({ track }: FitOptions) {
  return typeof track === "object" ? track : {};
}

/** As float32; of data kept as bytes no more, since what is made of them for a repetition is that. */
function bytesOf({ model, dataset }: TrainingOrigin): number {
  const { train, validation, test } = dataset;
  const values = [train, validation, test].reduce(
    (sum, split) =>
      sum + (split ? split.size * (sizeOfShape(split.inputShape) + sizeOfShape(split.targetShape)) : 0),
    0,
  );
  const weights = [...(model?.weights.values() ?? [])].reduce((sum, weight) => sum + weight.values.length, 0);
  return 4 * (values + weights);
}
