/** The maxima of windows, and where in the image they stand. */
import { tf } from "../backend.js";
import { DType } from "../dtypes.js";
import { op } from "../op.js";
import { dtypeOf, int32 } from "./castInts.js";
import { padded, poolPads, valid } from "./pooling.js";
import { registerKernel } from "./registerKernel.js";

interface Attributes {
  readonly filterSize: number | number[];
  readonly strides: number | number[];
  readonly pad: "valid" | "same" | number;
  readonly includeBatchInIndex: boolean;
}

registerKernel<{ x: tf.Tensor }, Attributes>("MaxPoolWithArgmax", ({ inputs, attrs }) => {
  const x = withoutNaN(inputs.x);
  const pads = poolPads(x, attrs);
  if (!pads) return run(x, attrs);
  const image = padded(x, pads, Number.NEGATIVE_INFINITY);
  const [result, places] = run(image, { ...attrs, ...valid(attrs) } as Attributes);
  return [
    result,
    placesWithoutPads(places, { from: image.shape, to: x.shape, before: pads.map(([n]) => n) }),
  ];
});

function run(x: tf.TensorInfo, attrs: Attributes): [tf.Tensor, tf.Tensor] {
  const attributes = {
    types: { T: dtypeOf(x), Targmax: DType.int64 },
    ints: { ksize: [1, ...pair(attrs.filterSize), 1], strides: [1, ...pair(attrs.strides), 1] },
    strings: { padding: attrs.pad === "same" ? "SAME" : "VALID" },
    bools: { include_batch_in_index: attrs.includeBatchInIndex },
  };
  const [result, places] = op("MaxPoolWithArgmax", attributes, [x], 2) as [tf.Tensor, tf.Tensor];
  return [result, int32(places)];
}

/** As MaxPool, and unlike TensorFlow's op, what is not a number is no maximum. */
function withoutNaN(x: tf.Tensor): tf.Tensor {
  if (x.dtype !== "float32") return x;
  return tf.where(tf.isNaN(x), tf.fill(x.shape, Number.NEGATIVE_INFINITY), x);
}

const pair = (value: number | number[]) => (typeof value === "number" ? [value, value] : value);

/** An index is ((batch · height + y) · width + x) · channels + channel: the same place in the image without its pads. */
function placesWithoutPads(
  places: tf.Tensor,
  shapes: { from: readonly number[]; to: readonly number[]; before: readonly number[] },
): tf.Tensor {
  let rest = places;
  const coordinates: tf.Tensor[] = [];
  for (const axis of [3, 2, 1]) {
    const size = tf.scalar(shapes.from[axis] as number, "int32");
    coordinates.unshift(tf.sub(tf.mod(rest, size), tf.scalar(shapes.before[axis] as number, "int32")));
    rest = tf.floorDiv(rest, size);
  }
  return coordinates.reduce(
    (index, coordinate, i) =>
      tf.add(tf.mul(index, tf.scalar(shapes.to[i + 1] as number, "int32")), coordinate),
    rest,
  );
}
