/** The first of these calls end the process where oneDNN's rewriting of ops gets them. */
import { expect, it } from "vitest";
import { binding } from "../../../src/native/binding.js";
import { DType } from "../../../src/native/dtypes.js";
import { AttrType } from "../../../src/native/opAttributes.js";

const image = () => binding.createTensor([1, 2, 2, 1], DType.float32, new Float32Array(4));
const sizes = () => binding.createTensor([4], DType.int32, Int32Array.of(1, 2, 2, 1));
const filter = () => binding.createTensor([1, 1, 1, 1], DType.float32, new Float32Array(1));
const strides = { name: "strides", type: AttrType.int, value: [1, 1, 1, 1] };
const padding = { name: "padding", type: AttrType.string, value: "SAME" };

it.each([
  ["no padding", [strides], "Conv2DBackpropInput needs the attribute padding (string), but was given none"],
  [
    "padding by a number",
    [strides, { ...padding, type: AttrType.int, value: 1 }],
    "Conv2DBackpropInput needs the attribute padding as string, but was given int",
  ],
  [
    "padding by a number, whatever follows it",
    [strides, { ...padding, type: AttrType.int, value: 1 }, padding],
    "Conv2DBackpropInput needs the attribute padding as string, but was given int",
  ],
  [
    "one stride for a list of them",
    [padding, { ...strides, value: 1 }],
    "Conv2DBackpropInput needs the attribute strides as list(int), but was given int",
  ],
] as const)("a convolution's gradient refuses %s", (_what, attributes, message) => {
  const inputs = [sizes(), filter(), image()];
  expect(() => binding.executeOp("Conv2DBackpropInput", [...attributes], inputs, 1)).toThrowError(message);
  for (const id of inputs) binding.deleteTensor(id);
});

it("attributes that have a default, and such as the inputs tell, may be left out", () => {
  const inputs = [image(), filter()];
  const [made] = binding.executeOp("Conv2D", [strides, padding], inputs, 1);
  expect(made?.shape).toEqual([1, 2, 2, 1]);
  for (const id of [...inputs, made?.id ?? -1]) binding.deleteTensor(id);
});
