/**
 * Convolutions of images with padding by numbers, with their gradients, with channels first, and depthwise ones with
 * dilation, which TensorFlow has on a CPU only where oneDNN does it.
 *
 * tfjs-node's kernels take the strides of channels-first images for those of channels-last ones, and TensorFlow
 * convolves such images on a CPU only where oneDNN does it: they are turned to channels last, and the result back.
 */
import { tf } from "../backend.js";
import { DType } from "../dtypes.js";
import { op1 } from "../op.js";
import { tensorflow } from "../tensorflow.js";
import { dilated } from "./dilated.js";
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
  readonly activation?: Parameters<typeof tf.backend_util.applyActivation>[1];
  readonly leakyreluAlpha?: number;
}

type Call = KernelCall<Inputs, Attributes>;
type Convolution = (call: Call) => tf.Tensor;

for (const name of ["Conv2D", "FusedConv2D", "DepthwiseConv2dNative", "FusedDepthwiseConv2D"])
  replace(name, (stock) => (call) => {
    const pads = explicitPads(name, call);
    if (name.includes("Depthwise") && isDilated(call) && !takesDilations()) return spread(stock, call, pads);
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
  { inputs, attrs }: Pick<Call, "inputs" | "attrs">,
): [[number, number], [number, number]] | undefined {
  if (typeof attrs.pad === "string" || attrs.pad === 0) return undefined;
  const info = infoOf(name, { inputs, attrs });
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

function infoOf(name: string, { inputs, attrs }: Pick<Call, "inputs" | "attrs">) {
  return tf.backend_util.computeConv2DInfo(
    attrs.inputShape ?? (inputs.x.shape as Shape4),
    attrs.filterShape ?? (inputs.filter.shape as Shape4),
    attrs.strides,
    attrs.dilations ?? 1,
    attrs.pad as never,
    attrs.dimRoundingMode,
    name.includes("Depthwise"),
  );
}

const isDilated = ({ attrs }: Call) => pair(attrs.dilations ?? 1).some((dilation) => dilation !== 1);

/** Whether TensorFlow's own kernel of depthwise convolutions does. */
const takesDilations = () => {
  const { oneDnn, devices } = tensorflow();
  return oneDnn && devices.every(({ type }) => type === "CPU");
};

/** A depthwise convolution with dilation. What follows it in a fused one is of the whole image again. */
function spread(stock: Convolution, call: Call, explicit: ReturnType<typeof explicitPads>): tf.Tensor {
  const { bias, preluActivationWeights, ...inputs } = call.inputs;
  const { padInfo, dilationHeight, dilationWidth } = infoOf("Depthwise", call);
  const { top, bottom, left, right } = padInfo;
  const pads = explicit ?? [
    [top, bottom],
    [left, right],
  ];
  const of = { dilations: [dilationHeight, dilationWidth], pads } as const;
  const attrs = { strides: 1, pad: "valid", dilations: 1, dataFormat: "NHWC", activation: "linear" } as const;
  const convolved = dilated(call.inputs.x, of, (x) => stock({ ...call, inputs: { ...inputs, x }, attrs }));
  const { activation = "linear", leakyreluAlpha } = call.attrs;
  return tf.backend_util.applyActivation(
    bias ? tf.add(convolved, bias as tf.Tensor) : convolved,
    activation,
    preluActivationWeights as tf.Tensor | undefined,
    leakyreluAlpha,
  );
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
