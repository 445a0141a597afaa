import { adam, adamw, rmsprop, schedules, sgd, fit as train } from "../../dist/src/index.js";
import { datasetOf } from "./data/datasetOf.mjs";
import { buildNet } from "./nets/buildNet.mjs";
import { losses } from "./nets/losses.mjs";

const optimizers = { adam, adamw, rmsprop, sgd };

/**
 * Trains a run by `fit` as a person would, and records it under `dir` in the name of its id and seed.
 *
 * @param options `track` and `fit` add to those of the training; `dataset` is the run's, where it was made before
 * @returns what `fit` returns
 */
export async function trainRun(given, { seed, dir, track = {}, fit: more = {}, dataset: made }) {
  const { id, data, net, optimizer, batchSize, epochs, loss, schedule } = given;
  const dataset = made ?? (await datasetOf(data, seed));
  const model = buildNet(net, dataset, seed);
  const [[name, how]] = Object.entries(optimizer);
  const [[course, settings]] = Object.entries(schedule ?? { constant: undefined });
  try {
    return await train(model, dataset, {
      optimizer: optimizers[name](how),
      batchSize,
      epochs,
      seed,
      ...(loss && { loss: losses[loss] }),
      schedule: schedules[course](settings),
      progress: false,
      track: { name: `${id}-s${seed}`, dir, output: false, ...track },
      ...more,
    });
  } finally {
    model.dispose();
  }
}
