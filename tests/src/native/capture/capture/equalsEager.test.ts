import { describe, expect, it } from "vitest";
import { capture, tf } from "../../../../../src/native/index.js";
import { type RewriteName, withoutRewrites } from "../../../../../src/native/rewrites.js";
import { batchFor, functions, models, normal, twins } from "./examples.js";

/** Every tensor in a result, as numbers. */
function numbers(value: unknown): unknown {
  if (value instanceof tf.Tensor) return [value.dtype, value.shape, Array.from(value.dataSync())];
  if (Array.isArray(value)) return value.map(numbers);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, numbers(item)]));
  return value;
}

describe("a captured function gives its own digits:", () => {
  it.each(functions)("%s", (_, fn, values) => {
    const captured = capture(fn);
    for (const seed of [1, 20, 300])
      expect(numbers(captured(...values(seed)))).toEqual(numbers(fn(...values(seed))));
    expect(captured.captures).toHaveLength(1);
  });
});

it("a softmax, which oneDNN computes in graphs alone, has all but the last", () => {
  const attend = (q: tf.Tensor, k: tf.Tensor) => tf.softmax(tf.matMul(q, k, false, true));
  const [q, k] = [normal([2, 3, 4], 1), normal([2, 5, 4], 2)];
  const difference = tf.max(tf.abs(tf.sub(capture(attend)(q, k), attend(q, k))));
  expect(difference.dataSync()[0]).toBeLessThan(2 ** -22);
});

const optimizers: Readonly<Record<string, () => tf.Optimizer>> = {
  sgd: () => tf.train.sgd(0.05),
  momentum: () => tf.train.momentum(0.05, 0.9, true),
  adagrad: () => tf.train.adagrad(0.05),
  adadelta: () => tf.train.adadelta(0.5),
  adam: () => tf.train.adam(0.01),
  adamax: () => tf.train.adamax(0.01),
  rmsprop: () => tf.train.rmsprop(0.01, 0.9, 0.5, undefined, true),
};

/** A step of TensorFlow.js's own making. */
function stepOf(model: tf.LayersModel, optimizer: tf.Optimizer) {
  return (x: tf.Tensor, y: tf.Tensor) => {
    const loss = () => {
      const error = tf.losses.meanSquaredError(
        y,
        model.apply(x, { training: true }) as tf.Tensor,
      ) as tf.Scalar;
      return model.calculateLosses().reduce((sum, penalty) => tf.add(sum, penalty) as tf.Scalar, error);
    };
    return optimizer.minimize(loss, true) as tf.Scalar;
  };
}

function losses(
  model: tf.LayersModel,
  step: (x: tf.Tensor, y: tf.Tensor) => tf.Scalar,
  times = 12,
): number[] {
  return Array.from({ length: times }, (_, i) => {
    const [x, y] = batchFor(model, i);
    return step(x, y).dataSync()[0] as number;
  });
}

const weights = (model: tf.LayersModel) => model.getWeights().map((weight) => Array.from(weight.dataSync()));

/** Losses and final weights of the same model captured, then eagerly. */
function trained(make: () => tf.LayersModel, optimizer: string, without: readonly RewriteName[]) {
  const pair = twins(make);
  const results = (["never", "always"] as const).map((eager, i) => {
    const model = pair[i] as tf.LayersModel;
    const step = stepOf(model, (optimizers[optimizer] as () => tf.Optimizer)());
    // An optimiser makes its variables at its first step.
    const first = losses(model, capture(step, { eager: "always", seed: 3 }), 1);
    const captured = capture(step, { eager, seed: 4 });
    const rest = withoutRewrites(without, () => losses(model, captured));
    expect(captured.captures).toHaveLength(eager === "never" ? 1 : 0);
    return { losses: [...first, ...rest], weights: weights(model) };
  });
  return results as [Trained, Trained];
}

interface Trained {
  readonly losses: number[];
  readonly weights: number[][];
}

it("a step of an LSTM, which adds up in another order in its loop, has all but the last", () => {
  const make = models["recurrent, both ways"] as () => tf.LayersModel;
  const [captured, eager] = trained(make, "sgd", []).map(({ losses, weights }) => [
    ...losses,
    ...weights.flat(),
  ]) as [number[], number[]];
  expect(captured).toHaveLength(eager.length);
  const off = Math.hypot(...eager.map((value, i) => value - (captured[i] as number)));
  expect(off).toBeLessThan(1e-5 * Math.hypot(...eager));
});

describe("a captured training step gives its own digits:", () => {
  const all = Object.entries(models).flatMap(([name, make]) =>
    ["sgd", "adam"].map((optimizer) => [name, optimizer, make] as const),
  );
  // The loop of an LSTM adds up in another order than eager ops.
  it.each(all)("%s, %s", (_, optimizer, make) => {
    const [captured, eager] = trained(make, optimizer, ["lstm"]);
    expect(captured).toEqual(eager);
    expect(captured.losses.at(-1)).not.toBe(captured.losses[1]);
  });

  it.each(Object.keys(optimizers))("%s, twenty steps", (name) => {
    const make = models["dense with penalties and dropout"] as () => tf.LayersModel;
    const pair = twins(make);
    const results = (["never", "always"] as const).map((eager, i) => {
      const model = pair[i] as tf.LayersModel;
      const step = stepOf(model, (optimizers[name] as () => tf.Optimizer)());
      losses(model, capture(step, { eager: "always", seed: 3 }), 1);
      return { losses: losses(model, capture(step, { eager, seed: 4 }), 20), weights: weights(model) };
    });
    expect(results[0]).toEqual(results[1]);
  });
});
