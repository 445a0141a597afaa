import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { binding } from "../../../src/native/binding.js";
import { capture, loadSavedModel, type SavedModel, tf } from "../../../src/native/index.js";
import { exported } from "./exportedModels.js";

let classify: SavedModel;
let mix: SavedModel;
beforeAll(async () => {
  classify = await loadSavedModel(exported("classifier"));
  mix = await loadSavedModel(exported("classifier"), ["serve"], "mix");
});
afterAll(() => {
  classify.dispose();
  mix.dispose();
});

const colour = () => tf.tensor2d([[0, 1, 0]]);
const mixed = () => ({
  x: tf.tensor1d([1.5]),
  pixels: tf.tensor2d([[1], [2]], undefined, "int32"),
  offset: tf.scalar(3, "int32"),
  negate: tf.scalar(false, "bool"),
});

it("answers in the form it is asked: by name, a list, or the only tensor", () =>
  tf.tidy(() => {
    const { label, probabilities } = classify.predict({ colour: colour() });
    expect(label?.dataSync()).toEqual(Int32Array.of(1));
    const [first, second] = classify.predict([colour()]);
    expect([first?.dataSync(), second?.dataSync()]).toEqual([label?.dataSync(), probabilities?.dataSync()]);
    const several = classify.predict(colour()) as tf.Tensor[];
    expect(several.map((tensor) => tensor.shape)).toEqual([[1], [1, 3]]);
    const { negate, offset, pixels, x } = mixed();
    const { total } = mix.predict({ x, pixels, offset, negate });
    expect(total?.dataSync()[0]).toBe(7.5);
    expect(mix.predict([negate, offset, pixels, x])[0]?.dataSync()[0]).toBe(7.5);
  }));

it("gives labels that ops take", () =>
  tf.tidy(() => {
    const { label } = classify.predict({ colour: colour() });
    expect(tf.add(label as tf.Tensor, tf.scalar(1, "int32")).dataSync()).toEqual(Int32Array.of(2));
  }));

it("computes the outputs that are asked for", () =>
  tf.tidy(() => {
    const label = classify.execute({ colour: colour() }, "label") as tf.Tensor;
    expect(label.dataSync()).toEqual(Int32Array.of(1));
    const both = classify.execute(colour(), ["probabilities", "label"]) as tf.Tensor[];
    expect(both.map((tensor) => tensor.shape)).toEqual([[1, 3], [1]]);
    expect(() => classify.execute(colour(), "lable")).toThrowError(
      "executing the signature serving_default of a saved model needs some of its outputs (label, probabilities), but was given lable; the nearest is label",
    );
    expect(() => classify.execute(colour(), [])).toThrowError("(label, probabilities), but was given []");
  }));

it("leaves nothing behind but its outputs, also when TensorFlow refuses", async () => {
  const product = await loadSavedModel(exported("classifier"), ["serve"], "product");
  const inputs = mixed();
  const ones = tf.ones([2, 2]);
  const wide = tf.ones([3, 2]);
  const run = () => {
    tf.dispose(mix.predict(inputs));
    expect(() => product.predict([ones, wide])).toThrowError(
      /^running the signature product of a saved model failed: Matrix size-incompatible: In\[0\]: \[2,2\], In\[1\]: \[3,2\] \(at [\w/]+\); the first one's columns [\w ']+$/,
    );
  };
  run();
  const before = [tf.memory().numTensors, binding.getNumOfTensors()];
  run();
  expect([tf.memory().numTensors, binding.getNumOfTensors()]).toEqual(before);
  tf.dispose([inputs, ones, wide]);
  product.dispose();
});

it("cannot be captured, nor does a gradient pass", () => {
  const x = colour();
  const one = (y: tf.Tensor) => classify.execute(y, "probabilities") as tf.Tensor;
  expect(() => capture(one)(x)).toThrowError("a saved model cannot be captured");
  expect(() => tf.grad(one)(x)).toThrowError("Cannot compute gradient");
  x.dispose();
});

it("is freed when nobody can reach it any more", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const forget = async () => void (await loadSavedModel(exported("keras")));
  await forget();
  expect(binding.getNumOfSavedModels()).toBe(2);
  for (let i = 0; i < 50 && binding.getNumOfSavedModels() > 1; i++) {
    await setImmediate();
    collect();
  }
  expect(binding.getNumOfSavedModels()).toBe(1);
});

it("is no more after it was disposed", async () => {
  const model = await loadSavedModel(exported("keras"));
  expect(binding.getNumOfSavedModels()).toBe(2);
  model.dispose();
  model.dispose();
  expect(binding.getNumOfSavedModels()).toBe(1);
  expect(() => model.predict({})).toThrowError(ReferenceError);
  expect(() => model.predict({})).toThrowError(
    "running the signature serving_default of a saved model needs it in memory, but it was disposed",
  );
});
