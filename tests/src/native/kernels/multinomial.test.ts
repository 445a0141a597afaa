import { expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";
import { seedValues, withSeed } from "../../../../src/native/random.js";

const chances = tf.tensor1d([0.1, 0.2, 0.7]);
const logits = tf.log(chances) as tf.Tensor1D;
const drawn = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

it("draws the same from the same seed, other numbers from another, and each time without one", () => {
  const draw = (seed?: number) => drawn(tf.multinomial(logits, 200, seed));
  expect(draw(3.14)).toEqual(draw(3.14));
  expect(draw(3.14)).not.toEqual(draw(3.15));
  expect(draw()).not.toEqual(draw());
});

it("draws each as often as its chance says, from logits and from chances", () => {
  for (const draws of [
    drawn(tf.multinomial(logits, 20_000, 1)),
    drawn(tf.multinomial(chances, 20_000, 2, true)),
  ]) {
    const shares = [0, 1, 2].map((side) => draws.filter((value) => value === side).length / 20_000);
    shares.forEach((share, i) => {
      expect(Math.abs(share - ([0.1, 0.2, 0.7][i] as number))).toBeLessThan(0.015);
    });
  }
});

it("follows the seed of the step where there is one, whatever the host drew", () => {
  const draw = (value: number) =>
    withSeed(tf.tensor1d(seedValues(value), "int32"), () => drawn(tf.multinomial(logits, 200)));
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
});
