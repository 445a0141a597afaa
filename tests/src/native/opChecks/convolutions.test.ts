/** Each of these calls ends the process where oneDNN gets it, or would. */
import { afterAll, expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";
import { op } from "../../../../src/native/op.js";

const made: tf.Tensor[] = [];
const keep = (tensor: tf.Tensor) => {
  made.push(tensor);
  return tensor;
};
afterAll(() => tf.dispose(made));

const image = keep(tf.ones([1, 4, 4, 1]));
const volume = keep(tf.ones([1, 4, 4, 4, 1]));
const filter = keep(tf.ones([2, 2, 1, 1]));
const filter3d = keep(tf.ones([2, 2, 2, 1, 1]));
const three = keep(tf.ones([4, 4, 1]));
const sizes = (...values: number[]) => keep(tf.tensor1d(values, "int32"));

const run = (name: string, inputs: tf.Tensor[], rank: number) => {
  const ints = { strides: Array<number>(rank).fill(1) };
  tf.dispose(op(name, { ints, strings: { padding: "VALID" } }, inputs));
};

it.each([
  ["Conv2D", [three, filter], /^Conv2D needs input 0 to have the rank 4, but it is float32\[4,4,1\]$/],
  ["Conv2D", [image, three], /input 1 to have the rank 4/],
  [
    "Conv2DBackpropInput",
    [sizes(), filter, image],
    /^Conv2DBackpropInput needs input 0 to hold 4 sizes of at least 0, but it is int32\[0\]$/,
  ],
  [
    "Conv2DBackpropInput",
    [sizes(1, -3, 5, 1), filter, image],
    /4 sizes of at least 0, but it is \[1, -3, 5, 1\]$/,
  ],
  ["Conv2DBackpropInput", [keep(tf.ones([4])), filter, image], /but it is float32\[4\]$/],
  ["Conv2DBackpropFilter", [image, sizes(2, 2, 1), image], /input 1 to hold 4 sizes/],
  ["DepthwiseConv2dNative", [three, filter], /input 0 to have the rank 4/],
  ["DepthwiseConv2dNativeBackpropInput", [sizes(1, 4), filter, image], /4 sizes/],
] as const)("%s is refused, %#", (name, inputs, message) => {
  expect(() => run(name, [...inputs], 4)).toThrowError(message);
});

it.each([
  ["Conv3D", [image, filter3d], /input 0 to have the rank 5/],
  ["Conv3DBackpropInputV2", [sizes(1, 4, 4, -1, 1), filter3d, volume], /5 sizes of at least 0/],
  ["Conv3DBackpropInputV2", [keep(tf.ones([5, 1], "int32")), filter3d, volume], /input 0 to have the rank 1/],
  ["Conv3DBackpropFilterV2", [volume, sizes(2, 2), volume], /5 sizes/],
] as const)("%s is refused, %#", (name, inputs, message) => {
  expect(() => run(name, [...inputs], 5)).toThrowError(message);
});

it.each([
  [
    "strides",
    [1, 1, 1, 1],
    /needs strides to hold 5 numbers from 1 to 16777216, but they are \[1, 1, 1, 1\]$/,
  ],
  ["dilations", [], /needs dilations to hold 5 numbers from 1 to 16777216, but they are \[\]$/],
  ["dilations", [1, 1, 0, 1, 1], /but they are \[1, 1, 0, 1, 1\]$/],
] as const)("%s of other axes are refused, %#", (name, values, message) => {
  const ints = { strides: [1, 1, 1, 1, 1], dilations: [1, 1, 1, 1, 1], [name]: [...values] };
  const inputs = [sizes(1, 4, 4, 4, 1), filter3d, volume];
  expect(() => op("Conv3DBackpropInputV2", { ints, strings: { padding: "SAME" } }, inputs)).toThrowError(
    message,
  );
});

it("a stride beyond what int32 adds up is refused", () => {
  const ints = { strides: [1, 2 ** 31 - 1, 1, 1, 1] };
  expect(() => op("Conv3D", { ints, strings: { padding: "SAME" } }, [volume, filter3d])).toThrowError(
    /from 1 to 16777216, but they are \[1, 2147483647, 1, 1, 1\]$/,
  );
});

it("TensorFlow.js's functions are refused in the same words", () => {
  const negative: [number, number, number, number, number] = [1, 4, 4, -3, 1];
  expect(() =>
    tf.conv3dTranspose(volume as tf.Tensor5D, filter3d as tf.Tensor5D, negative, 1, "same"),
  ).toThrowError(
    /Conv3DBackpropInputV2 needs input 0 to hold 5 sizes of at least 0, but it is \[1, 4, 4, -3, 1\]/,
  );
});

it("right calls are taken", () => {
  const back = op("Conv2DBackpropInput", { ints: { strides: [1, 1, 1, 1] }, strings: { padding: "SAME" } }, [
    sizes(1, 4, 4, 1),
    filter,
    image,
  ]);
  expect(back[0]?.shape).toEqual([1, 4, 4, 1]);
  tf.dispose(back);
});
