import { expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";
import { type Rematerialize, rematerializedAt } from "../../../../src/train/rematerialize/rematerialize.js";

const { add, dense, embedding, lstm, timeDistributed } = tf.layers;

const stack = (count = 9) =>
  tf.sequential({
    name: "stack",
    layers: Array.from({ length: count }, (_, i) =>
      dense({ name: `layer${i}`, units: 4, ...(i === 0 && { inputShape: [4] }) }),
    ),
  });
const cutAt = (option: unknown, model: tf.LayersModel = stack()) =>
  rematerializedAt("fit", model, option as Rematerialize).map(({ layer }) => layer);

it("cuts as it is told", () => {
  expect(cutAt(undefined)).toEqual([]);
  expect(cutAt(false)).toEqual([]);
  expect(cutAt(true)).toEqual(["layer2", "layer5"]);
  expect(cutAt("sqrt")).toEqual(["layer2", "layer5"]);
  expect(cutAt({ segments: 2 })).toEqual(["layer4"]);
  expect(cutAt(["layer6", "layer1"])).toEqual(["layer1", "layer6"]);
});

it.each([
  [
    "all",
    TypeError,
    'rematerialize to be true, false, "sqrt", { segments: n } or a list of layers\' names; it was given "all"',
  ],
  [3, TypeError, "it was given 3"],
  [null, TypeError, "it was given null"],
  [[], TypeError, "it was given []"],
  [{ segmentz: 3 }, TypeError, 'it was given {"segmentz":3}'],
  [
    { segments: 1 },
    RangeError,
    "rematerialize's segments to be a whole number of at least 2; it was given 1",
  ],
  [{ segments: 2.5 }, RangeError, "it was given 2.5"],
  [
    ["layer1", "layr2"],
    RangeError,
    'it was given "layr2", which is none of its layers; the nearest is "layer2"',
  ],
  [
    ["layer8"],
    RangeError,
    'it was given "layer8", beside which there are other ways, or nothing comes behind it',
  ],
])("refuses %j", (option, kind, message) => {
  expect(() => cutAt(option)).toThrow(kind as typeof Error);
  expect(() => cutAt(option)).toThrow(message as string);
});

const unet = () => {
  const input = tf.input({ shape: [4] });
  const middle = dense({ units: 4 }).apply(input) as tf.SymbolicTensor;
  return tf.model({
    inputs: input,
    outputs: add().apply([middle, input]) as tf.SymbolicTensor,
    name: "unet",
  });
};
const masked = () =>
  tf.sequential({
    name: "words",
    layers: [
      embedding({ name: "words", inputDim: 9, outputDim: 4, maskZero: true, inputShape: [5] }),
      lstm({ units: 4 }),
      dense({ units: 1 }),
    ],
  });
const stateful = () =>
  tf.sequential({
    name: "states",
    layers: [
      lstm({ name: "memory", units: 4, stateful: true, batchInputShape: [2, 5, 3] }),
      dense({ units: 4 }),
      dense({ units: 1 }),
    ],
  });
const statefulWithin = () =>
  tf.sequential({
    name: "states",
    layers: [
      timeDistributed({
        layer: lstm({ name: "within", units: 4, stateful: true }),
        batchInputShape: [2, 5, 3, 3],
      }),
      dense({ units: 4 }),
      dense({ units: 1 }),
    ],
  });
class OwnWay extends tf.Sequential {
  static override className = "OwnWay";
}
const ownWay = () =>
  new OwnWay({ name: "mine", layers: [dense({ units: 4, inputShape: [4] }), dense({ units: 4 })] });

it.each([
  [unet, '"unet" has no layer before its outputs through which all ways go'],
  [masked, '"words" has a mask, which "words" makes and later layers read'],
  [stateful, '"states" keeps a state from batch to batch in "memory"'],
  [statefulWithin, '"states" keeps a state from batch to batch in "within"'],
  [ownWay, '"mine" is of a class of its own, whose way through its layers cannot be seen'],
])("says of a model that cannot be cut why not: %s", (make, why) => {
  expect(() => cutAt(true, make())).toThrow(
    new TypeError(`fit needs a model that can be cut into segments for rematerialize; ${why}`),
  );
  expect(cutAt(false, make())).toEqual([]);
});
