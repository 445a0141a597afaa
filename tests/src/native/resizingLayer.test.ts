import { expect, it } from "vitest";
import { tf } from "../../../src/native/index.js";

const images = tf.randomNormal<tf.Rank.R4>([2, 4, 4, 3], 0, 1, "float32", 1);

it("resizes each image of a batch, and tells the shape, in a model too", () => {
  const layer = tf.layers.resizing({ height: 6, width: 3, inputShape: [4, 4, 3] });
  const model = tf.sequential({ layers: [layer] });
  expect(model.outputs[0]?.shape).toEqual([null, 6, 3, 3]);
  const whole = (model.predict(images) as tf.Tensor4D).arraySync();
  expect(whole).toEqual(tf.image.resizeBilinear(images, [6, 3], true).arraySync());
  const single = layer.apply(tf.slice(images, 1, 1).squeeze([0])) as tf.Tensor;
  expect(single.arraySync()).toEqual(whole[1]);
  expect(layer.computeOutputShape([4, 4, 3])).toEqual([6, 3, 3]);
});
