import { expect, it } from "vitest";
import { tf } from "../../../src/native/index.js";
import { givenOptimizer, optimizerNames, wrapperNames } from "../../../src/optim/givenOptimizer.js";
import * as optim from "../../../src/optim/index.js";

it.each([
  ["adam", '"adam": write adam()'],
  ["AdamW", '"AdamW": write adamw()'],
  ["rms_prop", '"rms_prop": write rmsprop()'],
  ["momentum", '"momentum": write sgd()'],
  [optim.sgd, "the function sgd itself: call it, as in sgd()"],
  [optim.ema, "the function ema itself: call it, as in ema(adam())"],
  [tf.train.adam(0.01), "TensorFlow.js's own tf.train.adam: write adam({ learningRate: 0.01 })"],
  [tf.train.rmsprop(0.1), "TensorFlow.js's own tf.train.rmsprop: write rmsprop({ learningRate: 0.1 })"],
  [
    tf.train.momentum(0.1, 0.9),
    "TensorFlow.js's own tf.train.momentum: write sgd({ learningRate: 0.1, momentum: 0.9 })",
  ],
  [{ learningRate: 0.1 }, '{"learningRate":0.1}'],
  [null, "null"],
  [0.1, "0.1"],
])("%# is told from an optimiser", (value, told) => {
  expect(() => givenOptimizer("fit", value)).toThrowError(
    new TypeError(`fit needs an optimizer such as adam({ learningRate: 1e-3 }); it was given ${told}`),
  );
});

it("takes its own, and knows the names of all of them", () => {
  const adam = optim.adam();
  expect(givenOptimizer("fit", adam)).toBe(adam);
  const functions = new Map(
    Object.entries(optim).flatMap(([name, value]) =>
      typeof value === "function" && name !== "rateForBatch"
        ? [[name, value as (inner?: optim.Optimizer) => optim.Optimizer]]
        : [],
    ),
  );
  expect([...functions.keys()].sort()).toEqual([...optimizerNames, ...wrapperNames].sort());
  for (const name of optimizerNames) expect(functions.get(name)?.().name).toBe(name);
  for (const name of wrapperNames) expect(functions.get(name)?.(adam).name).toBe(`${name}(adam)`);
});
