/**
 * Calls as TensorFlow.js documents them, by the function's name: what is made wrong must first be right. Left out are
 * truncatedNormal, signal.frame and signal.stft, which TensorFlow.js computes in loops of JavaScript that wrong numbers
 * make endless.
 */
import { type Draw, TensorSpec } from "./draw.js";

type Maker = (draw: Draw) => unknown[];

const unary =
  "abs acos acosh asin asinh atan atanh ceil cos cosh elu erf exp expm1 floor isFinite isInf isNaN leakyRelu log log1p logSigmoid neg reciprocal relu relu6 round rsqrt selu sigmoid sign sin sinh softplus sqrt square step tan tanh zerosLike onesLike clone".split(
    " ",
  );
const binary =
  "add sub mul div divNoNan floorDiv maximum minimum mod pow squaredDifference atan2 equal notEqual greater greaterEqual less lessEqual prelu".split(
    " ",
  );
const logical = "logicalAnd logicalOr logicalXor".split(" ");
const reductions = "sum mean prod max min logSumExp moments".split(" ");

const any: Maker = (d) => [d.tensor(d.pick(["float32", "int32", "float32"]), d.shape(d.int(0, 4)))];
const twoAlike = (dtype: "float32" | "int32" | "bool", d: Draw) => {
  const shape = d.shape(d.int(0, 4));
  const other = shape.map((size) => (d.chance(0.2) ? 1 : size));
  return [d.tensor(dtype, shape), d.tensor(dtype, d.chance(0.8) ? other : other.slice(1))];
};
const axisOf = (d: Draw, rank: number) => d.int(-rank, rank - 1);

const whole = (values: number[], shape = [values.length]) => new TensorSpec("int32", shape, values);

/** Batch, sizes, channels. */
const image = (d: Draw, spatial: number, channels = d.int(1, 3)) => [
  d.int(1, 2),
  ...d.many(spatial, () => d.int(3, 7)),
  channels,
];
const padding = (d: Draw): unknown => d.pick<unknown>(["same", "valid", 1, 0]);
const window = (d: Draw, count: number): unknown =>
  d.chance(0.5) ? d.int(1, 3) : d.many(count, () => d.int(1, 3));

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

function strided(d: Draw): unknown[] {
  const shape = d.shape(d.int(1, 4), 6);
  const mask = () => (d.chance(0.4) ? d.int(0, 15) : 0);
  return [
    d.tensor(d.pick(["float32", "int32"]), shape),
    shape.map((size) => d.int(-size, size)),
    shape.map((size) => d.int(-size, size)),
    shape.map(() => d.pick([1, 2, -1, -2])),
    mask(),
    mask(),
    mask(),
    mask(),
    mask(),
  ];
}

function boxes(d: Draw): [TensorSpec, TensorSpec] {
  const count = d.int(1, 5);
  return [d.float([count, 4]), d.float([count])];
}

const convolutions: Record<string, Maker> = {
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

const poolings: Record<string, Maker> = {
  maxPool: (d) => [d.float(image(d, 2)), window(d, 2), window(d, 2), padding(d), "floor"],
  avgPool: (d) => [d.float(image(d, 2)), window(d, 2), window(d, 2), padding(d), "floor"],
  maxPool3d: (d) => [d.float(image(d, 3)), window(d, 3), window(d, 3), padding(d), "floor", "NDHWC"],
  avgPool3d: (d) => [d.float(image(d, 3)), window(d, 3), window(d, 3), padding(d), "floor", "NDHWC"],
  maxPoolWithArgmax: (d) => [d.float(image(d, 2)), window(d, 2), window(d, 2), padding(d), d.chance(0.5)],
  pool: (d) => [d.float(image(d, 2)), [2, 2], d.pick(["max", "avg"]), "same", [1, 1], [1, 1]],
  localResponseNormalization: (d) => [d.float(image(d, 2)), d.int(1, 5), 1, 0.5, 0.5],
  batchNorm: (d) => {
    const x = image(d, 2);
    const channels = [x.at(-1) as number];
    return [d.float(x), d.float(channels), d.float(channels), d.float(channels), d.float(channels), 1e-3];
  },
};

const places: Record<string, Maker> = {
  gather: (d) => {
    const shape = d.shape(d.int(1, 4));
    return [
      d.tensor(d.pick(["float32", "int32", "string"]), shape),
      d.ints(d.shape(d.int(0, 2)), Math.min(...shape) - 1),
      axisOf(d, shape.length),
      0,
    ];
  },
  gatherND: (d) => {
    const shape = d.shape(d.int(1, 4));
    const depth = d.int(1, shape.length);
    return [d.float(shape), d.ints([d.int(1, 3), depth], Math.min(...shape) - 1)];
  },
  scatterND: (d) => {
    const shape = d.shape(d.int(1, 3));
    const count = d.int(1, 3);
    return [d.ints([count, 1], (shape[0] as number) - 1), d.float([count, ...shape.slice(1)]), shape];
  },
  tensorScatterUpdate: (d) => {
    const shape = d.shape(d.int(1, 3));
    const count = d.int(1, 3);
    return [
      d.float(shape),
      d.ints([count, 1], (shape[0] as number) - 1),
      d.float([count, ...shape.slice(1)]),
    ];
  },
  sparseToDense: (d) => {
    const count = d.int(1, 3);
    return [whole(d.many(count, (i) => i)), d.float([count]), [5], d.float([])];
  },
  slice: (d) => {
    const shape = d.shape(d.int(1, 5));
    const begin = shape.map((size) => d.int(0, size - 1));
    return [
      d.tensor(d.pick(["float32", "string", "bool"]), shape),
      begin,
      shape.map((size, i) => (d.chance(0.2) ? -1 : d.int(0, size - (begin[i] as number)))),
    ];
  },
  stridedSlice: strided,
  pad: (d) => {
    const shape = d.shape(d.int(0, 5));
    return [d.float(shape), shape.map(() => [d.int(0, 2), d.int(0, 2)]), 1];
  },
  mirrorPad: (d) => {
    const shape = d.shape(d.int(1, 4));
    return [
      d.float(shape),
      shape.map((size) => [d.int(0, size - 1), d.int(0, size - 1)]),
      d.pick(["reflect", "symmetric"]),
    ];
  },
  concat: (d) => {
    const shape = d.shape(d.int(1, 4));
    const dtype = d.pick(["float32", "int32", "bool", "string", "complex64"] as const);
    return [d.many(d.int(1, 3), () => d.tensor(dtype, shape)), axisOf(d, shape.length)];
  },
  stack: (d) => {
    const shape = d.shape(d.int(0, 3));
    return [d.many(d.int(1, 3), () => d.float(shape)), d.int(0, shape.length)];
  },
  unstack: (d) => {
    const shape = d.shape(d.int(1, 4));
    return [d.float(shape), axisOf(d, shape.length)];
  },
  split: (d) => {
    const shape = d.shape(d.int(1, 3));
    const axis = axisOf(d, shape.length);
    const size = shape.at(axis) as number;
    return [d.float(shape), d.chance(0.5) ? size : [1, size - 1], axis];
  },
  transpose: (d) => {
    const shape = d.shape(d.int(0, 5));
    return [d.tensor(d.pick(["float32", "complex64", "string"]), shape), d.order(shape.length)];
  },
  reshape: (d) => {
    const shape = d.shape(d.int(0, 4));
    return [d.float(shape), d.chance(0.5) ? [-1] : [...shape].reverse()];
  },
  expandDims: (d) => [d.float(d.shape(2)), d.int(-3, 2)],
  squeeze: (d) => [d.float([1, ...d.shape(2)]), [0]],
  tile: (d) => {
    const shape = d.shape(d.int(1, 4));
    return [d.float(shape), shape.map(() => d.int(0, 2))];
  },
  broadcastTo: (d) => {
    const shape = d.shape(d.int(0, 3));
    return [d.float(shape), [d.int(1, 3), ...shape]];
  },
  reverse: (d) => {
    const shape = d.shape(d.int(0, 4));
    return [d.float(shape), shape.length === 0 ? [] : [axisOf(d, shape.length)]];
  },
  spaceToBatchND: (d) => [
    d.float([1, 4, 4, d.int(1, 2)]),
    [2, 2],
    [
      [0, 0],
      [0, 0],
    ],
  ],
  batchToSpaceND: (d) => [
    d.float([4, 2, 2, d.int(1, 2)]),
    [2, 2],
    [
      [0, 0],
      [0, 0],
    ],
  ],
  depthToSpace: (d) => [d.float([1, 2, 2, 4]), 2, d.pick(["NHWC", "NCHW"])],
  oneHot: (d) => [d.ints(d.shape(d.int(0, 2))), d.int(1, 5), 1, 0, d.pick(["float32", "int32"])],
  diag: (d) => [d.float(d.shape(d.int(1, 3), 3))],
  where: (d) => {
    const shape = d.shape(d.int(0, 3));
    return [d.tensor("bool", shape), d.float(shape), d.float(shape)];
  },
  topk: (d) => [d.float(d.shape(d.int(1, 3))), 1, d.chance(0.5)],
  unique: (d) => [d.tensor(d.pick(["float32", "int32", "string"]), d.shape(d.int(1, 2))), 0],
  broadcastArgs: (d) => [d.ints([2]), d.ints([2])],
};

const matrices: Record<string, Maker> = {
  matMul: (d) => {
    const [m, k, n] = d.shape(3) as [number, number, number];
    const batch = d.shape(d.int(0, 2));
    return [d.float([...batch, m, k]), d.float([...batch, k, n]), false, false];
  },
  dot: (d) => {
    const k = d.int(1, 4);
    return [d.float([2, k]), d.float([k, 3])];
  },
  outerProduct: (d) => [d.float([3]), d.float([2])],
  einsum: (d) => {
    const [i, j, k] = d.shape(3) as [number, number, number];
    return [
      d.pick(["ij,jk->ik", "ij,jk->ki", "ij,jk->", "ij,jk->ijk", "...j,jk->...k"]),
      d.float([i, j]),
      d.float([j, k]),
    ];
  },
  "linalg.bandPart": (d) => [d.float(d.shape(d.int(2, 3))), d.int(-1, 2), d.int(-1, 2)],
  "linalg.qr": (d) => [d.float([3, 3]), d.chance(0.5)],
  "linalg.gramSchmidt": (d) => [d.float([2, 3])],
  "spectral.fft": (d) => [d.tensor("complex64", d.shape(d.int(1, 3)))],
  "spectral.ifft": (d) => [d.tensor("complex64", d.shape(d.int(1, 3)))],
  "spectral.rfft": (d) => [d.float(d.shape(d.int(1, 3))), d.int(1, 6)],
  "spectral.irfft": (d) => [d.tensor("complex64", d.shape(d.int(1, 2)))],
  complex: (d) => twoAlike("float32", d).map((t) => d.float((t as TensorSpec).shape)),
  real: (d) => [d.tensor("complex64", d.shape(2))],
  imag: (d) => [d.tensor("complex64", d.shape(2))],
  cast: (d) => [
    d.tensor(d.pick(["float32", "int32", "bool", "complex64", "string"]), d.shape(d.int(0, 3))),
    d.pick(["float32", "int32", "bool", "complex64", "string"]),
  ],
};

const sequences: Record<string, Maker> = {
  cumsum: (d) => [d.float(d.shape(2)), d.int(0, 1), d.chance(0.5), d.chance(0.5)],
  cumprod: (d) => [d.float(d.shape(2)), d.int(0, 1), d.chance(0.5), d.chance(0.5)],
  argMax: (d) => [d.float(d.shape(3)), d.int(-3, 2)],
  argMin: (d) => [d.float(d.shape(3)), d.int(-3, 2)],
  all: (d) => [d.tensor("bool", d.shape(3)), d.int(-3, 2), d.chance(0.5)],
  any: (d) => [d.tensor("bool", d.shape(3)), d.int(-3, 2), d.chance(0.5)],
  softmax: (d) => [d.float(d.shape(2)), -1],
  logSoftmax: (d) => [d.float(d.shape(2)), -1],
  clipByValue: (d) => [...any(d), -1, 1],
  addN: (d) => {
    const shape = d.shape(d.int(0, 3));
    return [d.many(d.int(1, 3), () => d.float(shape))];
  },
  linspace: (d) => [0, d.int(1, 5), d.int(1, 6)],
  range: (d) => [0, d.int(1, 9), 1, d.pick(["float32", "int32"])],
  fill: (d) => [d.shape(d.int(0, 4)), 3, d.pick(["float32", "int32", "bool", "string"])],
  zeros: (d) => [d.shape(d.int(0, 4)), d.pick(["float32", "int32", "bool"])],
  eye: (d) => [d.int(1, 4), d.int(1, 4), [d.int(1, 2)]],
  bincount: (d) => [d.ints([5]), d.float([5]), 4],
  denseBincount: (d) => [d.ints(d.shape(d.int(1, 2))), d.float([0]), 4, d.chance(0.5)],
  unsortedSegmentSum: (d) => [d.float([3, 2]), d.ints([3], 2), 3],
  lowerBound: (d) => [d.float([5]), d.float([3])],
  upperBound: (d) => [d.float([2, 5]), d.float([2, 3])],
  searchSorted: (d) => [d.float([2, 5]), d.float([2, 3]), d.pick(["left", "right"])],
  bitwiseAnd: (d) => [d.ints([3]), d.ints([3])],
  multinomial: (d) => [d.float(d.shape(2)), d.int(1, 5), 3, d.chance(0.5)],
  randomGamma: (d) => [d.shape(2), 2, 1, "float32", 5],
  randomNormal: (d) => [d.shape(2), 0, 1, "float32", 5],
  randomUniform: (d) => [d.shape(2), 0, 1, "float32", 5],
  dropout: (d) => [d.float(d.shape(2)), 0.5, undefined, 3],
  "losses.softmaxCrossEntropy": (d) => {
    const shape = d.shape(2);
    return [d.float(shape), d.float(shape)];
  },
  norm: (d) => [d.float(d.shape(2)), d.pick(["euclidean", "fro", 1, 2]), d.pick([0, 1]), d.chance(0.5)],
  "losses.meanSquaredError": (d) => twoAlike("float32", d),
};

const images: Record<string, Maker> = {
  "image.resizeBilinear": (d) => [d.float(image(d, 2)), d.many(2, () => d.int(1, 6)), d.chance(0.5), false],
  "image.resizeNearestNeighbor": (d) => [
    d.float(image(d, 2)),
    d.many(2, () => d.int(1, 6)),
    d.chance(0.5),
    false,
  ],
  "image.cropAndResize": (d) => {
    const x = image(d, 2);
    const count = d.int(1, 3);
    return [
      d.float(x),
      d.float([count, 4]),
      d.ints([count], (x[0] as number) - 1),
      [2, 2],
      d.pick(["bilinear", "nearest"]),
      0,
    ];
  },
  "image.flipLeftRight": (d) => [d.float(image(d, 2))],
  "image.rotateWithOffset": (d) => [d.float(image(d, 2)), 0.5, 0, 0.5],
  "image.grayscaleToRGB": (d) => [d.float(image(d, 2, 1))],
  "image.rgbToGrayscale": (d) => [d.float(image(d, 2, 3))],
  "image.threshold": (d) => [d.tensor("int32", [4, 4, 3]), "otsu", false, 0.5],
  "image.transform": (d) => [
    d.float(image(d, 2)),
    d.float([1, 8]),
    d.pick(["nearest", "bilinear"]),
    d.pick(["constant", "reflect", "wrap", "nearest"]),
    0,
    [3, 3],
  ],
  "image.nonMaxSuppression": (d) => [...boxes(d), d.int(1, 4), 0.5, 0.1],
  "image.nonMaxSuppressionWithScore": (d) => [...boxes(d), d.int(1, 4), 0.5, 0.1, 0.5],
  "image.nonMaxSuppressionPadded": (d) => [...boxes(d), d.int(1, 4), 0.5, 0.1, d.chance(0.5)],
};

const sparseAndTexts: Record<string, Maker> = {
  "sparse.sparseFillEmptyRows": (d) => [
    whole([0, 0, 1, 2, 3, 3], [3, 2]),
    d.float([3]),
    whole([4, 4]),
    d.float([]),
  ],
  "sparse.sparseReshape": () => [whole([0, 0, 1, 2, 3, 3], [3, 2]), whole([4, 4]), whole([2, 8])],
  "sparse.sparseSegmentMean": (d) => [d.float([4, 2]), whole([0, 1, 2]), whole([0, 0, 1])],
  "sparse.sparseSegmentSum": (d) => [d.float([4, 2]), whole([0, 1, 2]), whole([0, 0, 1])],
  raggedRange: () => [whole([0, 5, 8]), whole([3, 5, 12]), whole([1, 1, 2])],
  raggedGather: (d) => [[whole([0, 1, 3])], d.float([3, 2]), whole([1, 0]), 1],
  raggedTensorToTensor: (d) =>
    d.chance(0.5)
      ? [whole([2, 3]), d.float([4]), d.float([]), [whole([0, 1, 4])], ["ROW_SPLITS"]]
      : [
          whole([2, 3]),
          d.float([4]),
          d.float([]),
          [whole([2], []), whole([0, 0, 1, 1])],
          ["FIRST_DIM_SIZE", "VALUE_ROWIDS"],
        ],
  "string.stringNGrams": (d) => [
    d.tensor("string", [4]),
    whole([0, 2, 4]),
    "|",
    [1, 2],
    "L",
    "R",
    -1,
    d.chance(0.5),
  ],
  "string.stringSplit": (d) => [d.tensor("string", [3]), d.tensor("string", []), d.chance(0.5)],
  "string.stringToHashBucketFast": (d) => [d.tensor("string", d.shape(2)), 10],
  "string.staticRegexReplace": (d) => [
    d.tensor("string", d.shape(2)),
    d.pick(["a", "(b)", "[", "\\"]),
    d.pick(["x", "\\1", "\\9"]),
    true,
  ],
};

const each = (names: readonly string[], maker: Maker) =>
  Object.fromEntries(names.map((name) => [name, maker]));

/** By name, such as `image.transform`: draws the arguments of a call that TensorFlow.js takes. */
export const rightCalls: Readonly<Record<string, Maker>> = {
  ...each(unary, any),
  ...each(binary, (d) => twoAlike(d.pick(["float32", "int32"]), d)),
  ...each(logical, (d) => twoAlike("bool", d)),
  ...each(reductions, reduction),
  ...convolutions,
  ...poolings,
  ...places,
  ...matrices,
  ...sequences,
  ...images,
  ...sparseAndTexts,
};

function reduction(d: Draw): unknown[] {
  const shape = d.shape(d.int(1, 4));
  return [d.float(shape), d.chance(0.3) ? null : axisOf(d, shape.length), d.chance(0.5)];
}
