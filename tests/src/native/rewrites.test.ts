import { expect, it } from "vitest";
import { tf } from "../../../src/native/index.js";
import { applies, type RewriteName, withoutRewrites } from "../../../src/native/rewrites.js";

it("leaves out what it is told to, inside alone, also in one another", () => {
  const inner = withoutRewrites(["tile"], () =>
    withoutRewrites(["dead"], () => [applies("tile"), applies("dead")]),
  );
  expect(inner).toEqual([false, false]);
  const fails = () =>
    withoutRewrites(["tile"], () => {
      throw new Error("within");
    });
  expect(fails).toThrow("within");
  expect(applies("tile")).toBe(true);
});

it("names the rewrites there are, and the nearest", () => {
  const wrong = "tiles" as RewriteName;
  expect(() => withoutRewrites([wrong], () => 0)).toThrowError(
    /must be one of tile, activations, .*dead, but is "tiles": "tile" is near/,
  );
});

it("without missingGradients there are TensorFlow.js's: none", () => {
  const gradient = () => tf.grad((x: tf.Tensor) => tf.einsum("ab->b", x))(tf.ones([2, 3]));
  expect(gradient().arraySync()).toEqual([
    [1, 1, 1],
    [1, 1, 1],
  ]);
  expect(() => withoutRewrites(["missingGradients"], gradient)).toThrow(
    "gradient function not found for Einsum",
  );
});
