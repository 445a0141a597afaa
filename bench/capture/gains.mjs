// What each rewrite gives: a training step captured with it and without it, in turn.
import { tf } from "../../dist/src/native/index.js";
import { adam } from "../../dist/src/optim/index.js";
import { createCapturedStep } from "../../dist/src/train/capturedStep.js";
import { captureStep } from "../../dist/src/train/step/captureStep.js";
import { stepPlan } from "../../dist/src/train/step/stepPlan.js";
import { median } from "../shared/report.mjs";
import { models as stepModels } from "../step/models/models.mjs";
import * as own from "./models.mjs";

const models = { ...stepModels, ...own };
const small = { batch: 4 };

/** The model on which each matters; `always`: what is left out on both sides, `batch`: other than the model's own. */
const plans = {
  tile: { model: "vit", ...small, always: ["layerNorm"] },
  activations: { model: "mlp" },
  layerNorm: { model: "vit" },
  batchNorm: { model: "batchNormCnn" },
  lstm: { model: "lstm" },
  missingGradients: { model: "einsumAttention" },
  crossEntropy: { model: "mlp" },
  updates: { model: "mlp" },
  products: { model: "cnn" },
  identities: { model: "vit", ...small },
  duplicates: { model: "vit", ...small },
  constants: { model: "vit", ...small },
  dead: { model: "vit", ...small },
};
export const rewrites = Object.keys(plans);

const optimizer = adam();
const settings = { learningRate: optimizer.learningRate, seed: 1 };

/**
 * Medians of a step's milliseconds, and its ops, on either side.
 *
 * @param {string} rewrite
 * @param {{ rounds: number, milliseconds: number }} budget milliseconds: of each round, about
 * @returns {Promise<{ model: string, ops: { off?: number, on: number }, ms: { off?: number, on: number }, ratio?: number }>}
 *   `off` is missing where nothing trains without the rewrite
 */
export async function gain(rewrite, { rounds, milliseconds }) {
  const { model, always = [], batch = models[model].batchSize } = plans[rewrite];
  const given = batchOf(models[model], batch);
  const on = await prepared(model, given, always);
  const off = await prepared(model, given, [...always, rewrite]).catch(refused);
  const sides = off ? { off, on } : { on };
  const times = Object.fromEntries(Object.keys(sides).map((side) => [side, []]));
  const slowest = Math.max(...Object.values(sides).map(({ first }) => first));
  const steps = Math.max(1, Math.min(200, Math.round(milliseconds / slowest)));
  for (let round = 0; round < rounds; round++)
    for (const [side, { step }] of inTurn(Object.entries(sides), round))
      times[side].push(await timed(step, given, steps));
  for (const { step } of Object.values(sides)) step.dispose();
  tf.dispose(Object.values(given));
  const ms = Object.fromEntries(Object.entries(times).map(([side, values]) => [side, median(values)]));
  const ops = Object.fromEntries(Object.entries(sides).map(([side, { ops }]) => [side, ops]));
  const name = batch === models[model].batchSize ? model : `${model}, batch of ${batch}`;
  return { model: name, ops, ms, ...(off && { ratio: ms.on / ms.off }) };
}

/** Who is first changes from round to round. */
function inTurn(sides, round) {
  return round % 2 === 0 ? sides : sides.toReversed();
}

function batchOf({ inputShape }, size) {
  const x = tf.randomUniform([size, ...inputShape], 0, 1, "float32", 1);
  const labels = Int32Array.from({ length: size }, (_, i) => i % 10);
  return { x, y: tf.tensor1d(labels, "int32") };
}

/** The step, run twice so that it is compiled; `first`: milliseconds of the second run. */
async function prepared(name, given, without) {
  const model = models[name].build(tf);
  const options = { loss: "crossEntropy", optimizer, without };
  const { call } = captureStep(stepPlan(model, options), "train", given);
  call.dispose();
  const step = createCapturedStep(model, options);
  await step.run(given, settings);
  if (step.eagerReasons.length > 0) throw new Error(`not captured: ${step.eagerReasons.join("; ")}`);
  return { step, ops: call.ops, first: await timed(step, given, 1) };
}

/** Nothing, where the model has an op without a gradient; else the error. */
function refused(error) {
  if (/gradient/.test(error.message)) return undefined;
  throw error;
}

/** Milliseconds a step. */
async function timed(step, given, steps) {
  const start = performance.now();
  for (let i = 0; i < steps; i++) {
    const { loss } = await step.run(given, settings);
    if (!Number.isFinite(loss)) throw new Error(`the loss became ${loss}`);
  }
  return (performance.now() - start) / steps;
}
