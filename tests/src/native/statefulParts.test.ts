import { expect, it } from "vitest";
import { tf } from "../../../src/native/index.js";
import { statefulParts } from "../../../src/native/statefulParts.js";

const inputShape = [2, 3, 1];
const namesOf = (model: tf.LayersModel) =>
  statefulParts(model).flatMap((part) => (part === model ? [] : (part as tf.layers.Layer).name));

it("finds layers that keep states, within others too, and none elsewhere", () => {
  const lstm = (stateful: boolean) => tf.layers.lstm({ units: 1, stateful, name: `lstm_${stateful}` });
  const within = (layer: tf.layers.Layer) =>
    tf.sequential({ layers: [tf.layers.timeDistributed({ layer, batchInputShape: [4, ...inputShape] })] });
  expect(namesOf(within(lstm(true)))).toEqual(["lstm_true"]);
  expect(namesOf(within(lstm(false)))).toEqual([]);
  const both = tf.layers.bidirectional({ layer: lstm(true) as tf.RNN, mergeMode: "concat" });
  const found = namesOf(within(both));
  expect(found).toEqual(expect.arrayContaining(["forward_lstm_true", "backward_lstm_true"]));
});
