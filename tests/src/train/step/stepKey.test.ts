import { describe, expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";
import { sgd } from "../../../../src/optim/index.js";
import { createCapturedStep } from "../../../../src/train/capturedStep.js";
import type { Rematerialize } from "../../../../src/train/rematerialize/rematerialize.js";
import { isOwn } from "../../../../src/train/step/ownClasses.js";
import { stepKey } from "../../../../src/train/step/stepKey.js";
import { stepPlan } from "../../../../src/train/step/stepPlan.js";

type DenseOptions = Parameters<typeof tf.layers.dense>[0];
type Class<T> = abstract new () => T;
type Applied = { apply(x: tf.Tensor): tf.Tensor };

const loss = "meanSquaredError";
const keyOf = (model: tf.LayersModel, training = `training of ${model.id}`) =>
  stepKey(stepPlan(model, { loss, optimizer: sgd() }), training);

const dense = (options: Partial<DenseOptions> = {}) =>
  tf.layers.dense({ units: 1, inputShape: [3], kernelInitializer: "ones", ...options });
const modelOf = (...layers: tf.layers.Layer[]) => tf.sequential({ layers });

/** The base classes of parts, which TensorFlow.js does not export. */
const Regularizer = baseOf(tf.regularizers.l1l2({}));
const Constraint = baseOf(tf.constraints.nonNeg());
const Activation = baseOf(
  (tf.layers.activation({ activation: "relu" }) as unknown as { activation: Applied }).activation,
);

function baseOf(part: object): Class<Applied> {
  return Object.getPrototypeOf(part.constructor);
}

/** Instances of two classes of one name and one configuration that multiply by different numbers. */
function pair(Base: Class<Applied>, compute: (x: tf.Tensor, factor: number) => tf.Tensor): [never, never] {
  const [one, hundred] = [1, 100].map((factor) => {
    class Custom extends Base {
      static className = "Custom";
      override apply(x: tf.Tensor): tf.Tensor {
        return compute(x, factor);
      }
      getConfig() {
        return {};
      }
    }
    return new Custom();
  });
  return [one as never, hundred as never];
}

const [lowPenalty, highPenalty] = pair(Regularizer, (x, factor) => tf.mul(factor, tf.sum(tf.abs(x))));
const [lowBound, highBound] = pair(Constraint, (x, factor) => tf.clipByValue(x, -factor, factor));
const [lowSlope, highSlope] = pair(Activation, (x, factor) => tf.mul(x, factor));

const pairs: Record<string, [tf.LayersModel, tf.LayersModel]> = {
  regularisers: [
    modelOf(dense({ kernelRegularizer: lowPenalty })),
    modelOf(dense({ kernelRegularizer: highPenalty })),
  ],
  constraints: [modelOf(dense({ biasConstraint: lowBound })), modelOf(dense({ biasConstraint: highBound }))],
  activations: [modelOf(withActivation(lowSlope)), modelOf(withActivation(highSlope))],
  "cells' activations": [modelOf(...recurrent(lowSlope)), modelOf(...recurrent(highSlope))],
};

function withActivation(activation: never): tf.layers.Layer {
  return Object.assign(dense(), { activation });
}

function recurrent(activation: never): tf.layers.Layer[] {
  const layer = tf.layers.simpleRNN({ units: 1, inputShape: [2, 3] });
  Object.assign((layer as unknown as { cell: object }).cell, { activation });
  return [layer];
}

describe("a key", () => {
  it("is shared by models that differ in names and initial values only", () => {
    const options = { activation: "relu", kernelRegularizer: "l1l2", kernelConstraint: "nonNeg" } as const;
    const first = modelOf(dense({ ...options, name: "a", kernelInitializer: "zeros" }));
    expect(keyOf(modelOf(dense({ ...options, name: "b" })))).toBe(keyOf(first));
    const { activation: _, ...linear } = options;
    expect(keyOf(modelOf(dense(linear)))).not.toBe(keyOf(first));
  });

  it.each(Object.keys(pairs))("tells %s of the user's own apart, however alike they look", (what) => {
    const [first, second] = pairs[what] as [tf.LayersModel, tf.LayersModel];
    expect(keyOf(first)).not.toBe(keyOf(second));
    expect(keyOf(first, "one")).toBe(keyOf(first, "one"));
    expect(keyOf(first, "one")).not.toBe(keyOf(first, "another"));
  });

  it.each([false, true])(
    "tells apart copies within a bidirectional layer, itself within another: %s",
    (within) => {
      const make = (activation: string) => {
        const both = tf.layers.bidirectional({
          layer: tf.layers.simpleRNN({ units: 1 }) as tf.RNN,
          mergeMode: "concat",
          ...(!within && { inputShape: [2, 3] }),
        });
        const { cell } = (both as unknown as { backwardLayer: { cell: object } }).backwardLayer;
        const { activation: other } = tf.layers.activation({ activation: activation as "relu" }) as never;
        Object.assign(cell, { activation: other });
        return modelOf(within ? tf.layers.timeDistributed({ layer: both, inputShape: [4, 2, 3] }) : both);
      };
      expect(keyOf(make("relu"))).toBe(keyOf(make("relu")));
      expect(keyOf(make("relu"))).not.toBe(keyOf(make("sigmoid")));
    },
  );

  it("tells apart a layer whose call was replaced", () => {
    const layer = dense();
    layer.call = (x) => tf.mul((Array.isArray(x) ? x[0] : x) as tf.Tensor, 3);
    expect(keyOf(modelOf(layer))).not.toBe(keyOf(modelOf(dense())));
  });
});

it("sees what is changed on an own layer, within its plain objects and lists too", () => {
  class Own extends tf.layers.Layer {
    static className = "Own";
    box = { k: 1, deep: { on: true } };
    list = [1, "a", { z: 0 }];
    itself: unknown[] = [];
    long = new Array<number>(2000).fill(0);
    tensor = tf.scalar(1);
  }
  const own = new Own({ inputShape: [3] });
  own.itself.push(own.itself, own);
  const model = modelOf(own, dense());
  const changes = [
    () => Object.assign(own.box, { k: 2 }),
    () => Object.assign(own.box.deep, { on: false }),
    () => Object.assign(own.list, { 0: 5 }),
    () => Object.assign(own.list[2] as object, { z: 1 }),
    () => own.list.push("b"),
  ];
  const keys = [keyOf(model, "one")];
  for (const change of changes) {
    expect(keyOf(model, "one")).toBe(keys.at(-1));
    change();
    keys.push(keyOf(model, "one"));
  }
  expect(new Set(keys).size).toBe(changes.length + 1);
});

it("tells apart which activations are computed again", () => {
  const key = (rematerialize?: Rematerialize) => {
    const model = modelOf(dense(), dense({ units: 2 }), dense());
    return stepKey(
      stepPlan(model, { loss, optimizer: sgd(), ...(rematerialize && { rematerialize }) }),
      "any",
    );
  };
  const keys = [undefined, { segments: 2 }, { segments: 3 }].map(key);
  expect(new Set(keys).size).toBe(3);
  expect(key({ segments: 3 })).toBe(keys[2]);
});

it("two penalties of equal configuration count each for itself in a captured step", async () => {
  const batch = { x: tf.zeros([2, 3]), y: tf.zeros([2, 1]) };
  const losses: number[] = [];
  for (const model of pairs.regularisers ?? []) {
    const step = createCapturedStep(model, { loss, optimizer: sgd() });
    losses.push((await step.run(batch, { learningRate: 0, seed: 0 })).loss);
    step.dispose();
  }
  expect(losses).toEqual([3, 300]);
});

it("knows TensorFlow.js's own classes, and no other that took the name of one", () => {
  const own = [
    dense(),
    tf.layers.conv1d({ filters: 1, kernelSize: 2 }),
    tf.layers.conv3d({ filters: 1, kernelSize: 2 }),
    tf.layers.batchNormalization(),
    tf.layers.lstm({ units: 1 }),
    tf.layers.inputLayer({ inputShape: [3] }),
    tf.regularizers.l2(),
  ];
  expect(own.filter((part) => !isOwn(part)).map((part) => part.constructor.name)).toEqual([]);
  class Dense extends tf.layers.Layer {
    static className = "Dense";
  }
  expect(isOwn(new Dense({}))).toBe(false);
});
