/** Gradients of convolutions, which WebAssembly lacks or has as plain loops: as products of matrices. */
import tf = require("@tensorflow/tfjs");

import { type KernelCall, registerKernel, stockKernel } from "./registerKernel.js";
import { padded, placesOf, putBack, under, type Windows } from "./windows.js";

interface Convolution {
  readonly strides: number | [number, number];
  readonly pad: "valid" | "same" | number | tf.backend_util.ExplicitPadding;
  readonly dilations?: number | [number, number];
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
  readonly filterShape: [number, number, number, number];
  readonly inputShape: [number, number, number, number];
}

type Shape4D = [number, number, number, number];

interface OfFilter {
  readonly x: tf.Tensor4D;
  readonly dy: tf.Tensor4D;
}

interface OfInput {
  readonly dy: tf.Tensor4D;
  readonly filter: tf.Tensor4D;
}

export function registerConvolutions(): void {
  registerKernel("Conv2DBackpropFilter", ({ inputs, attrs }: KernelCall<OfFilter, Convolution>) => {
    const { x, dy } = inputs;
    const windows = windowsOf(x.shape, attrs.filterShape, attrs);
    const image = padded(x, windows);
    const slopes = tf.transpose(rows(dy));
    const places = placesOf(windows).map((place) =>
      tf.transpose(tf.matMul(slopes, rows(under(image, place, windows)))),
    );
    return tf.reshape(tf.stack(places), attrs.filterShape);
  });
  const stock = stockKernel<OfInput, Convolution>("Conv2DBackpropInput");
  registerKernel("Conv2DBackpropInput", (call: KernelCall<OfInput, Convolution>) => {
    const { dy, filter } = call.inputs;
    const windows = windowsOf(call.attrs.inputShape, filter.shape, call.attrs);
    // A transposed convolution may ask for fewer pixels than such a convolution has.
    if (windows.outHeight !== dy.shape[1] || windows.outWidth !== dy.shape[2]) return stock(call);
    const slopes = rows(dy);
    const taps = tapsOf(filter).map((tap) => tf.matMul(slopes, tap as tf.Tensor2D, false, true));
    return spread(taps, windows);
  });
  registerDepthwise();
}

function registerDepthwise(): void {
  registerKernel(
    "DepthwiseConv2dNativeBackpropFilter",
    ({ inputs, attrs }: KernelCall<OfFilter, Convolution>) => {
      const { x, dy } = inputs;
      const windows = windowsOf(x.shape, attrs.filterShape, attrs, true);
      const [, , channels, multiplier] = attrs.filterShape;
      const image = padded(x, windows);
      const slopes = tf.reshape(dy, [-1, channels, multiplier]);
      const places = placesOf(windows).map((place) => {
        const seen = tf.reshape(under(image, place, windows), [-1, channels, 1]);
        return tf.sum(tf.mul(seen, slopes), 0);
      });
      return tf.reshape(tf.stack(places), attrs.filterShape);
    },
  );
  registerKernel(
    "DepthwiseConv2dNativeBackpropInput",
    ({ inputs, attrs }: KernelCall<OfInput, Convolution>) => {
      const { dy, filter } = inputs;
      const windows = windowsOf(attrs.inputShape, filter.shape, attrs, true);
      const [, , channels, multiplier] = filter.shape;
      const slopes = tf.reshape(dy, [-1, channels, multiplier]);
      const taps = tapsOf(filter).map((tap) => tf.sum(tf.mul(slopes, tap), 2));
      return spread(taps, windows);
    },
  );
}

function windowsOf(
  input: readonly number[],
  filter: readonly number[],
  { strides, pad, dilations = 1, dimRoundingMode }: Convolution,
  depthwise = false,
): Windows {
  const [inputShape, filterShape] = [input as Shape4D, filter as Shape4D];
  return tf.backend_util.computeConv2DInfo(
    inputShape,
    filterShape,
    strides,
    dilations,
    pad,
    dimRoundingMode,
    depthwise,
  );
}

/** A row for each pixel: [n·height·width, channels]. */
function rows(x: tf.Tensor4D): tf.Tensor2D {
  return tf.reshape(x, [-1, x.shape[3]]);
}

/** The way back of `rows`. */
function images(x: tf.Tensor, { batchSize, outHeight, outWidth }: Windows): tf.Tensor4D {
  return tf.reshape(x, [batchSize, outHeight, outWidth, x.shape[1] as number]);
}

/** Adds up at each pixel what the windows over it give: a tap has a row for each window. */
function spread(taps: readonly tf.Tensor[], windows: Windows): tf.Tensor4D {
  const given = taps.map((tap) => images(tap, windows));
  return putBack(given, windows);
}

/** The filter's matrix at each place, in the order of `placesOf`. */
function tapsOf(filter: tf.Tensor4D): tf.Tensor[] {
  const [height, width, inputs, outputs] = filter.shape;
  return tf.unstack(tf.reshape(filter, [height * width, inputs, outputs]));
}
