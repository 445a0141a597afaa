/** Gradients of pooling, which WebAssembly gets wrong. */
import tf = require("@tensorflow/tfjs");

import { type KernelCall, registerKernel } from "./registerKernel.js";
import { padded, placesOf, putBack, under, type Windows } from "./windows.js";

interface Pooling {
  readonly filterSize: number | [number, number];
  readonly strides: number | [number, number];
  readonly pad: "valid" | "same" | number | tf.backend_util.ExplicitPadding;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

interface OfMax {
  readonly dy: tf.Tensor4D;
  readonly input: tf.Tensor4D;
  readonly output: tf.Tensor4D;
}

export function registerPooling(): void {
  registerKernel("MaxPoolGrad", ({ inputs, attrs }: KernelCall<OfMax, Pooling>) => {
    const { dy, input, output } = inputs;
    const windows = windowsOf(input, attrs);
    const image = padded(input, windows, Number.NEGATIVE_INFINITY);
    let left = tf.onesLike(dy);
    const given = placesOf(windows).map((place) => {
      // Of equal ones the first has the slope, as in TensorFlow.
      const largest = tf.cast(tf.equal(under(image, place, windows), output), "float32");
      const taken = tf.mul(left, largest);
      left = tf.sub(left, taken) as tf.Tensor4D;
      return tf.mul(dy, taken) as tf.Tensor4D;
    });
    return putBack(given, windows);
  });
  registerKernel("AvgPoolGrad", ({ inputs, attrs }: KernelCall<Pick<OfMax, "dy" | "input">, Pooling>) => {
    const { dy, input } = inputs;
    const windows = windowsOf(input, attrs);
    const places = placesOf(windows);
    const share = tf.div(dy, countsOf(windows)) as tf.Tensor4D;
    return putBack(
      places.map(() => share),
      windows,
    );
  });
}

/** How many pixels each window has: padding does not count. */
function countsOf(windows: Windows): tf.Tensor {
  const ones = padded(tf.ones([1, windows.inHeight, windows.inWidth, 1]), windows);
  return placesOf(windows)
    .map((place) => under(ones, place, windows))
    .reduce((sum, one) => tf.add(sum, one));
}

function windowsOf(input: tf.Tensor4D, { filterSize, strides, pad, dimRoundingMode }: Pooling): Windows {
  return tf.backend_util.computePool2DInfo(input.shape, filterSize, strides, 1, pad, dimRoundingMode);
}
