/** Pooling, and its gradients, with padding by numbers: over the padded image, without padding. */
import { tf } from "../backend.js";
import { isPlain, padsOf } from "./explicitPads.js";
import { type KernelCall, registerKernel, stockKernel } from "./registerKernel.js";

type Info = tf.TensorInfo;
type Pads = [number, number][];

interface Attributes {
  readonly filterSize: number | number[];
  readonly strides: number | number[];
  readonly pad: "valid" | "same" | number | Pads;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
  readonly dataFormat?: "NDHWC" | "NCDHW";
}

interface GradientInputs {
  readonly dy: Info;
  readonly input: Info;
  readonly output: Info;
}

for (const name of ["MaxPool", "MaxPool3D", "AvgPool", "AvgPool3D"]) {
  const stock = stockKernel<{ x: Info }, Attributes>(name);
  registerKernel<{ x: Info }, Attributes>(name, (call) => {
    const { x } = call.inputs;
    const pads = poolPads(x, call.attrs);
    if (!pads) return stock(call);
    const pooled = stock({
      ...call,
      inputs: { x: padded(x, pads, filler(name, x)) },
      attrs: valid(call.attrs),
    });
    return name.startsWith("Max") ? pooled : tf.divNoNan(pooled, share(stock, call, { x, pads }));
  });
}

for (const name of ["MaxPool", "MaxPool3D"]) {
  const stock = stockKernel<GradientInputs, Attributes>(`${name}Grad`);
  registerKernel<GradientInputs, Attributes>(`${name}Grad`, (call) => {
    const { dy, input, output } = call.inputs;
    const pads = poolPads(input, call.attrs, dy.shape);
    if (!pads) return stock(call);
    const inputs = { dy, input: padded(input, pads, filler(name, input)), output };
    return cropped(stock({ ...call, inputs, attrs: valid(call.attrs) }), input, pads);
  });
}

for (const name of ["AvgPool", "AvgPool3D"]) {
  const stock = stockKernel<GradientInputs, Attributes>(`${name}Grad`);
  const pool = stockKernel<{ x: Info }, Attributes>(name);
  registerKernel<GradientInputs, Attributes>(`${name}Grad`, (call) => {
    const { dy, input, output } = call.inputs;
    const pads = poolPads(input, call.attrs, dy.shape);
    if (!pads) return stock(call);
    const scaled = tf.divNoNan(dy as tf.Tensor, share(pool, call, { x: input, pads }));
    const inputs = { dy: scaled, input: padded(input, pads, 0), output };
    return cropped(stock({ ...call, inputs, attrs: valid(call.attrs) }), input, pads);
  });
}

/** For each axis of `x`; undefined where TensorFlow's own padding says it. */
export function poolPads(x: Info, attrs: Attributes, outShape?: readonly number[]): Pads | undefined {
  const { filterSize, strides, pad, dimRoundingMode, dataFormat } = attrs;
  if (typeof pad === "string" || pad === 0) return undefined;
  const compute =
    x.shape.length === 5 ? tf.backend_util.computePool3DInfo : tf.backend_util.computePool2DInfo;
  const info = (compute as unknown as (...all: unknown[]) => PoolInfo)(
    x.shape,
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
    dataFormat,
  );
  if (isPlain(info.padInfo)) return undefined;
  const { padInfo } = info;
  const first = dataFormat === "NCDHW" ? 2 : 1;
  const axes = [
    { before: padInfo.front, stride: info.strideDepth, window: info.effectiveFilterDepth },
    { before: padInfo.top, stride: info.strideHeight, window: info.effectiveFilterHeight },
    { before: padInfo.left, stride: info.strideWidth, window: info.effectiveFilterWidth },
  ].slice(5 - x.shape.length);
  const pads: Pads = x.shape.map(() => [0, 0]);
  axes.forEach(({ before, stride, window }, i) => {
    const axis = first + i;
    const out = (outShape ?? info.outShape)[axis] as number;
    pads[axis] = padsOf({ size: x.shape[axis] as number, before, out, stride, window });
  });
  return pads;
}

/** What `computePool2DInfo` and `computePool3DInfo` have of each axis. */
interface PoolInfo {
  readonly padInfo: {
    readonly type: string;
    readonly front: number;
    readonly top: number;
    readonly left: number;
  };
  readonly outShape: readonly number[];
  readonly strideDepth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly effectiveFilterDepth: number;
  readonly effectiveFilterHeight: number;
  readonly effectiveFilterWidth: number;
}

export function valid(attrs: Attributes): Attributes {
  return { ...attrs, pad: "valid", dimRoundingMode: undefined };
}

export function padded(x: Info, pads: Pads, value: number): tf.Tensor {
  return tf.pad(x as tf.Tensor, pads, value);
}

/** What no window's result is changed by. */
function filler(name: string, { dtype }: Info): number {
  if (name.startsWith("Avg")) return 0;
  return dtype === "int32" ? -(2 ** 31) : Number.NEGATIVE_INFINITY;
}

/** The share of each window that lies in the image: an average is over that. */
function share(
  pool: (call: KernelCall<{ x: Info }, Attributes>) => tf.Tensor,
  call: KernelCall<unknown, Attributes>,
  of: { x: Info; pads: Pads },
): tf.Tensor {
  const image = of.x.shape.map((size, axis) => {
    const channels = call.attrs.dataFormat === "NCDHW" ? 1 : of.x.shape.length - 1;
    return axis === 0 || axis === channels ? 1 : size;
  });
  const { backend, attrs } = call;
  return pool({ backend, inputs: { x: padded(tf.ones(image), of.pads, 0) }, attrs: valid(attrs) });
}

function cropped(gradient: tf.Tensor, { shape }: Info, pads: Pads): tf.Tensor {
  return tf.slice(
    gradient,
    pads.map(([before]) => before),
    shape,
  );
}
