/** Convolutions, plain and fused, and the matrix product that is fused like them. */
import type { Draw, TensorSpec } from "../draw.js";
import { type Calls, image, padding } from "./maker.js";

function convolution(d: Draw, spatial: number, filter: (channels: number) => number[]): unknown[] {
  const x = image(d, spatial);
  const stride = d.int(1, 2);
  const sizes = d.many(spatial, () => d.int(1, 3));
  return [
    d.float(x),
    d.float([...sizes, ...filter(x.at(-1) as number)]),
    d.chance(0.5) ? stride : d.many(spatial, () => stride),
    padding(d),
  ];
}

function fused(d: Draw, depthwise: boolean): unknown[] {
  const [x, filter, strides, pad] = convolution(d, 2, (c) => [c, d.int(1, 2)]) as [
    TensorSpec,
    TensorSpec,
    unknown,
    unknown,
  ];
  const channels = depthwise
    ? (filter.shape[2] as number) * (filter.shape[3] as number)
    : (filter.shape[3] as number);
  const activation = d.pick(["relu", "linear", "relu6", "elu", "sigmoid", "leakyrelu", "prelu"]);
  return [
    {
      x,
      filter,
      strides,
      pad,
      dataFormat: "NHWC",
      dilations: 1,
      bias: d.float([channels]),
      activation,
      preluActivationWeights: d.float([channels]),
      leakyreluAlpha: 0.1,
    },
  ];
}

function dilation(d: Draw): unknown[] {
  const [x, filter, strides] = convolution(d, 2, (c) => [c]);
  return [x, filter, strides, d.pick(["same", "valid"]), d.int(1, 2), "NHWC"];
}

export const convolutions: Calls = {
  conv1d: (d) => [...convolution(d, 1, (c) => [c, d.int(1, 3)]), "NWC", 1],
  conv2d: (d) => [
    ...convolution(d, 2, (c) => [c, d.int(1, 3)]),
    d.pick(["NHWC", "NHWC", "NCHW"]),
    d.pick<unknown>([1, [1, 1], 2]),
  ],
  conv3d: (d) => [...convolution(d, 3, (c) => [c, d.int(1, 3)]).slice(0, 3), d.pick(["same", "valid"])],
  depthwiseConv2d: (d) => [
    ...convolution(d, 2, (c) => [c, d.int(1, 2)]),
    d.pick(["NHWC", "NHWC", "NCHW"]),
    d.pick<unknown>([1, [1, 1], 2]),
  ],
  separableConv2d: (d) => {
    const [x, filter, strides, pad] = convolution(d, 2, (c) => [c, 2]) as [
      TensorSpec,
      TensorSpec,
      unknown,
      unknown,
    ];
    const between = (filter.shape[2] as number) * 2;
    return [x, filter, d.float([1, 1, between, d.int(1, 3)]), strides, pad];
  },
  conv2dTranspose: (d) => {
    const [batch, height, width, channels] = image(d, 2) as [number, number, number, number];
    const out = d.int(1, 3);
    const stride = d.int(1, 2);
    return [
      d.float([batch, height, width, channels]),
      d.float([2, 2, out, channels]),
      [batch, height * stride, width * stride, out],
      stride,
      "same",
    ];
  },
  conv3dTranspose: (d) => {
    const [batch, depth, height, width, channels] = image(d, 3) as [number, number, number, number, number];
    const out = d.int(1, 3);
    return [
      d.float([batch, depth, height, width, channels]),
      d.float([2, 2, 2, out, channels]),
      [batch, depth, height, width, out],
      1,
      "same",
    ];
  },
  "fused.conv2d": (d) => fused(d, false),
  "fused.depthwiseConv2d": (d) => fused(d, true),
  "fused.matMul": (d) => {
    const [m, k, n] = d.shape(3) as [number, number, number];
    return [{ a: d.float([m, k]), b: d.float([k, n]), bias: d.float([n]), activation: "relu" }];
  },
  dilation2d: dilation,
};
