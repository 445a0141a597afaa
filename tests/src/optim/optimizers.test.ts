import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DType } from "../../../src/native/dtypes.js";
import { tf } from "../../../src/native/index.js";
import { ResourceVariable } from "../../../src/native/resourceVariable.js";
import { adam, adamw, type Optimizer, sgd } from "../../../src/optim/index.js";
import type { Scalars, Slots } from "../../../src/optim/optimizer.js";
import { applyUpdate } from "../../../src/train/step/applyUpdate.js";

interface Oracle {
  readonly start: number[];
  readonly scale: number[];
  readonly cases: Record<string, { options: { lr: number }; after: Record<string, number[]> }>;
}

/** PyTorch's trajectories: tests/oracles/optim/optimizers.py. */
const oracle = JSON.parse(
  readFileSync(new URL("../../oracles/optim/optimizers.json", import.meta.url), "utf8"),
) as Oracle;

const cases: Record<string, Optimizer> = {
  sgd: sgd({ learningRate: 0.01 }),
  "sgd momentum": sgd({ learningRate: 0.01, momentum: 0.9 }),
  "sgd nesterov": sgd({ learningRate: 0.01, momentum: 0.9, nesterov: true }),
  "sgd decay": sgd({ learningRate: 0.01, momentum: 0.9, weightDecay: 0.1 }),
  adam: adam({ learningRate: 0.05 }),
  "adam epsilon": adam({ learningRate: 0.05, beta1: 0.8, beta2: 0.95, epsilon: 1e-2 }),
  adamw: adamw({ learningRate: 0.05, weightDecay: 0.1 }),
};

const gradientAt = (parameter: tf.Tensor, step: number) =>
  tf.add(tf.mul(tf.tensor1d(oracle.scale), parameter), 0.1 * (-1) ** step);
const scalarsAt = (optimizer: Optimizer, step: number): Scalars => {
  const rate = optimizer.learningRate * (step <= 50 ? 1 : 0.5);
  const values = Object.entries(optimizer.scalars(step - 1, rate));
  return Object.fromEntries(values.map(([name, value]) => [name, tf.scalar(value)]));
};

/** The pure pair, as it is written. */
function pure(optimizer: Optimizer, step: number, state: { parameter: tf.Tensor; slots: Slots }) {
  const { parameter, slots } = state;
  const gradient = gradientAt(parameter, step);
  const update = optimizer.transform.update({
    gradient,
    parameter,
    slots,
    scalars: scalarsAt(optimizer, step),
  });
  return { parameter: tf.add(parameter, update.gradient), slots: update.slots };
}

function expectNear(actual: ArrayLike<number>, expected: readonly number[]) {
  expected.forEach((value, i) => {
    expect(Math.abs((actual[i] as number) - value)).toBeLessThan(1e-5 * Math.max(1, Math.abs(value)));
  });
}

describe.each(Object.keys(oracle.cases))("%s follows PyTorch over 100 steps", (name) => {
  const optimizer = cases[name] as Optimizer;
  const { after } = oracle.cases[name] as Oracle["cases"][string];

  it("as the pure pair", () => {
    const parameter = tf.tensor1d(oracle.start);
    let state: { parameter: tf.Tensor; slots: Slots } = {
      parameter,
      slots: optimizer.transform.init(parameter),
    };
    for (let step = 1; step <= 100; step++) {
      state = pure(optimizer, step, state);
      const expected = after[step];
      if (expected) expectNear(state.parameter.dataSync(), expected);
    }
  });

  it("as a step applies it, by TensorFlow's kernel where there is one", () => {
    const parameter = new ResourceVariable(tf.tensor1d(oracle.start));
    const slots = Object.entries(optimizer.transform.init(tf.zeros([oracle.start.length]))).map(
      ([slot, value]) => [slot, new ResourceVariable(value).resource] as const,
    );
    const trained = {
      parameter: parameter.resource,
      slots: Object.fromEntries(slots),
      constraint: undefined,
    };
    for (let step = 1; step <= 100; step++) {
      const gradient = gradientAt(parameter.read(), step);
      applyUpdate(optimizer, trained, { gradient, scalars: scalarsAt(optimizer, step) });
      const expected = after[step];
      if (expected) expectNear(parameter.read().dataSync(), expected);
    }
    parameter.dispose();
  });
});

it("a constraint holds after every update", () => {
  const parameter = new ResourceVariable(tf.tensor1d([1, -2]));
  const trained = {
    parameter: parameter.resource,
    slots: {},
    constraint: { apply: (w: tf.Tensor) => tf.relu(w) },
  };
  applyUpdate(sgd({ learningRate: 1 }), trained, {
    gradient: tf.tensor1d([0.25, 0]),
    scalars: { learningRate: tf.scalar(1) },
  });
  expect(Array.from(parameter.read().dataSync())).toEqual([0.75, 0]);
  expect(DType.float32).toBe(1);
});

describe("hyper-parameters out of range", () => {
  it.each([
    [
      () => sgd({ learningRate: -1 }),
      RangeError,
      /sgd's learningRate must be at least 0 and finite, but is -1/,
    ],
    [() => sgd({ momentum: 1 }), RangeError, /sgd's momentum must be at least 0 and below 1, but is 1/],
    [() => sgd({ nesterov: true }), RangeError, /nesterov needs a momentum above 0/],
    [() => sgd({ weightDecay: Number.NaN }), RangeError, /sgd's weightDecay .* but is NaN/],
    [() => adam({ beta1: 1.5 }), RangeError, /adam's beta1 .* but is 1.5/],
    [() => adam({ epsilon: -1e-8 }), RangeError, /adam's epsilon/],
    [() => adamw({ weightDecay: -0.1 }), RangeError, /adamw's weightDecay/],
    [
      () => adamw({ learningRate: "0.1" as never }),
      TypeError,
      /adamw's learningRate must be a number, but is 0.1/,
    ],
    [() => adam(0.1 as never), TypeError, /adam needs an object of options .* given 0.1/],
    [() => adam({ lr: 0.1 } as never), RangeError, /given "lr", which is learningRate here/],
    [() => adam({ weightDecay: 0.1 } as never), RangeError, /which adamw\(\{ weightDecay \}\) has/],
    [() => adamw({ beta: 0.1 } as never), RangeError, /the nearest is "beta1"/],
    [() => sgd({ momentun: 0.9 } as never), RangeError, /the nearest is "momentum"/],
  ] as const)("%s", (make, kind, message) => {
    expect(make).toThrowError(kind);
    expect(make).toThrowError(message);
  });
});

it("optimisers that differ in numbers only share a structure", () => {
  expect(adam({ learningRate: 1 }).structure).toBe(adam({ beta1: 0.5 }).structure);
  expect(sgd({ momentum: 0.9 }).structure).toBe(sgd({ momentum: 0.5 }).structure);
  expect(sgd().structure).not.toBe(sgd({ momentum: 0.5 }).structure);
  expect(adam().structure).not.toBe(adamw().structure);
});
