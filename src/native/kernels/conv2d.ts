/**
 * Convolutions of images with padding by numbers, with their gradients, and with channels first.
 *
 * tfjs-node's kernels take the strides of channels-first images for those of channels-last ones, and TensorFlow
 * convolves such images on a CPU only where oneDNN does it: they are turned to channels last, and the result back.
 */
import { tf } from "../backend.js";
import { DType } from "../dtypes.js";
import { op1 } from "../op.js";
import { isPlain, padsOf } from "./explicitPads.js";
import { type KernelCall, registerKernel, stockKernel } from "./registerKernel.js";

type Info = tf.TensorInfo;
type Shape4 = [number, number, number, number];
type Pads = [number, number][];

interface Inputs {
  readonly x: Info;
  readonly filter: Info;
  readonly dy: Info;
  readonly bias?: Info;
  readonly preluActivationWeights?: Info;
}

interface Attributes {
  readonly strides: [number, number] | number;
  readonly pad: "valid" | "same" | number | Pads;
  readonly dilations?: [number, number] | number;
  readonly dataFormat?: "NHWC" | "NCHW";
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
  readonly inputShape?: Shape4;
  readonly filterShape?: Shape4;
}

type Call = KernelCall<Inputs, Attributes>;
type Convolution = (call: Call) => tf.Tensor;

for (const name of ["Conv2D", "FusedConv2D", "DepthwiseConv2dNative", "FusedDepthwiseConv2D"])
  replace(name, (stock) => (call) => {
    const pads = explicitPads(name, call);
    const pad = pads && [[0, 0], ...pads, [0, 0]];
    return stock(
      pad ? ({ ...call, attrs: { ...call.attrs, pad, dimRoundingMode: undefined } } as Call) : call,
    );
  });

for (const name of ["Conv2DBackpropInput", "DepthwiseConv2dNativeBackpropInput"])
  replace(name, (stock) => (call) => {
    const pads = explicitPads(name, call);
    if (!pads) return stock(call);
    const { filter, dy } = call.inputs;
    return gradient(name, call, { pads, inputs: [sizes(call.attrs.inputShape as Shape4), filter, dy] });
  });

for (const name of ["Conv2DBackpropFilter", "DepthwiseConv2dNativeBackpropFilter"])
  replace(name, (stock) => (call) => {
    const pads = explicitPads(name, call);
    if (!pads) return stock(call);
    const { x, dy } = call.inputs;
    return gradient(name, call, { pads, inputs: [x, sizes(call.attrs.filterShape as Shape4), dy] });
  });

function replace(name: string, extend: (stock: Convolution) => Convolution): void {
  const channelsLast = extend(stockKernel<Inputs, Attributes>(name));
  registerKernel<Inputs, Attributes>(name, (call) => {
    if (call.attrs.dataFormat !== "NCHW") return channelsLast(call);
    const result = channelsLast(turned(call));
    return name.endsWith("BackpropFilter") ? result : transpose(result, [0, 3, 1, 2]);
  });
}

/** Pads of height and width; undefined where TensorFlow's own padding says it. */
function explicitPads(
  name: string,
  { inputs, attrs }: Call,
): [[number, number], [number, number]] | undefined {
  const { strides, pad, dilations = 1, dimRoundingMode } = attrs;
  if (typeof pad === "string" || pad === 0) return undefined;
  const info = tf.backend_util.computeConv2DInfo(
    attrs.inputShape ?? (inputs.x.shape as Shape4),
    attrs.filterShape ?? (inputs.filter.shape as Shape4),
    strides,
    dilations ?? 1,
    pad as never,
    dimRoundingMode,
    name.includes("Depthwise"),
  );
  if (isPlain(info.padInfo)) return undefined;
  const { top, left } = info.padInfo;
  return [
    padsOf({
      size: info.inHeight,
      before: top,
      out: info.outHeight,
      stride: info.strideHeight,
      window: info.effectiveFilterHeight,
    }),
    padsOf({
      size: info.inWidth,
      before: left,
      out: info.outWidth,
      stride: info.strideWidth,
      window: info.effectiveFilterWidth,
    }),
  ];
}

function gradient(name: string, { attrs }: Call, of: { pads: Pads; inputs: Info[] }): tf.Tensor {
  const ints = {
    strides: [1, ...pair(attrs.strides), 1],
    dilations: [1, ...pair(attrs.dilations ?? 1), 1],
    explicit_paddings: [0, 0, ...of.pads.flat(), 0, 0],
  };
  const strings = { padding: "EXPLICIT", data_format: "NHWC" };
  return op1(name, { types: { T: DType.float32 }, ints, strings }, of.inputs);
}

const pair = (value: [number, number] | number) => (typeof value === "number" ? [value, value] : value);
const sizes = (shape: Shape4) => tf.tensor1d(shape, "int32");

/** The same call with channels last. */
function turned(call: Call): Call {
  const { x, dy, preluActivationWeights } = call.inputs;
  const { pad, inputShape } = call.attrs;
  const [batch, channels, height, width] = inputShape ?? [];
  return {
    ...call,
    inputs: {
      ...call.inputs,
      ...(x && { x: channelsLast(x) }),
      ...(dy && { dy: channelsLast(dy) }),
      ...(preluActivationWeights && { preluActivationWeights: channelsLast(preluActivationWeights) }),
    },
    attrs: {
      ...call.attrs,
      dataFormat: "NHWC",
      ...(Array.isArray(pad) && { pad: [pad[0], pad[2], pad[3], pad[1]] as Pads }),
      ...(inputShape && { inputShape: [batch, height, width, channels] as Shape4 }),
    },
  };
}

function channelsLast(tensor: Info): Info {
  if (tensor.shape.length === 4) return transpose(tensor, [0, 2, 3, 1]);
  return tensor.shape.length === 3 ? transpose(tensor, [1, 2, 0]) : tensor;
}

function transpose(x: Info, perm: number[]): tf.Tensor {
  return tf.engine().runKernel("Transpose", { x } as never, { perm }) as tf.Tensor;
}
