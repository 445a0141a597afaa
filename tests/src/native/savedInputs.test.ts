import { expect, it } from "vitest";
import { tf } from "../../../src/native/index.js";
import { inputIds } from "../../../src/native/savedInputs.js";
import type { SavedSignature } from "../../../src/native/savedSignature.js";

const input = (name: string, dtype: number, shape: number[] | undefined) => ({
  name,
  graphName: `${name}:0`,
  dtype,
  shape,
});
const inputs = [input("image", 1, [-1, 2]), input("name", 7, []), input("pixels", 4, undefined)];
const signature: SavedSignature = { name: "serve_all", inputs, outputs: [] };

const given = (changes: object = {}) => ({
  image: tf.zeros([1, 2]),
  name: tf.scalar("a"),
  pixels: tf.zeros([1, 1, 1], "int32"),
  ...changes,
});

it("puts tensors into the signature's order", () => {
  const { image, name, pixels } = given();
  const ids = inputIds(signature, [image, name, pixels]);
  expect(new Set(ids).size).toBe(3);
  expect(inputIds(signature, { pixels, name, image })).toEqual(ids);
  expect(inputIds({ ...signature, inputs: [] }, {})).toEqual([]);
});

const running = "running the signature serve_all of a saved model needs";

it.each([
  [
    given({ nane: tf.scalar("a") }),
    RangeError,
    "the inputs image, name, pixels, but was given nane; the nearest is name",
  ],
  [given({ image: undefined }), RangeError, "float32[any,2] as image, but was given nothing"],
  [given({ image: [[1, 2]] }), TypeError, "float32[any,2] as image, but was given [ [ 1, 2 ] ]"],
  [
    given({ image: tf.zeros([1, 2], "int32") }),
    TypeError,
    "float32[any,2] as image, but was given int32[1,2]",
  ],
  [given({ image: tf.zeros([1, 3]) }), RangeError, "float32[any,2] as image, but was given float32[1,3]"],
  [given({ image: tf.zeros([2]) }), RangeError, "float32[any,2] as image, but was given float32[2]"],
  [given({ name: tf.scalar(1) }), TypeError, "string[] as name, but was given float32[]"],
  [
    given({ pixels: tf.tensor1d([3, 256], "int32") }),
    RangeError,
    "uint8 of any shape as pixels, whose values are 0 to 255, but was given 256",
  ],
  [
    given({ pixels: tf.tensor1d([-1], "int32") }),
    RangeError,
    "uint8 of any shape as pixels, whose values are 0 to 255, but was given -1",
  ],
  [tf.zeros([1, 2]), RangeError, "3 tensors (image, name, pixels), but was given one tensor"],
  [[tf.zeros([1, 2])], RangeError, "3 tensors (image, name, pixels), but was given one tensor"],
  [null, TypeError, "tensors (image, name, pixels), but was given null"],
])("says what does not fit (%#)", (wrong, type, words) => {
  const call = () => inputIds(signature, wrong as tf.NamedTensorMap);
  expect(call).toThrowError(type);
  expect(call).toThrowError(`${running} ${words}`);
});

it("tells a disposed tensor", () => {
  const image = tf.zeros([1, 2]);
  image.dispose();
  expect(() => inputIds(signature, given({ image }))).toThrowError(
    `${running} float32[any,2] as image, but was given a tensor that was disposed`,
  );
});
