/**
 * TensorFlow's ops that this library calls by name, on WebAssembly: with TensorFlow.js's own, and equal results.
 */
import { sizeOfShape } from "../../base/sizeOfShape.js";
import type { AttributesByKind } from "../attributesByKind.js";
import { tf } from "../backend.js";
import { core, withoutLibrary } from "../core.js";
import { LibtensorflowError } from "../findLibtensorflow.js";
import { batchNorm, batchNormGradient } from "./batchNorm.js";
import type { NamedOp } from "./namedOp.js";
import { seededOps } from "./seededOps.js";
import { variableOps } from "./variables.js";

interface NamedCall {
  readonly name: string;
  readonly attributes: AttributesByKind;
  readonly inputs: readonly tf.Tensor[];
}

const ofTwo =
  (compute: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): NamedOp =>
  ([a, b]) => [compute(a as tf.Tensor, b as tf.Tensor)];

const ops: Readonly<Record<string, NamedOp>> = {
  ...variableOps,
  ...seededOps,
  FusedBatchNormV3: batchNorm,
  FusedBatchNormGradV3: batchNormGradient,
  L2Loss: ([x]) => [tf.mul(tf.sum(tf.square(x as tf.Tensor)), 0.5)],
  /** Along the first axis alone. */
  GatherV2: ofTwo((values, rows) => tf.gather(values, rows as tf.Tensor1D)),
  ReluGrad: ofTwo((dy, y) => tf.mul(dy, tf.step(y))),
  SigmoidGrad: ofTwo((y, dy) => tf.mul(dy, tf.mul(y, tf.sub(1, y)))),
  TanhGrad: ofTwo((y, dy) => tf.mul(dy, tf.sub(1, tf.square(y)))),
  SparseSoftmaxCrossEntropyWithLogits: crossEntropy,
  StridedSliceGrad: stridedSliceGradient,
  SpaceToDepth: spaceToDepth,
};

/**
 * @throws LibtensorflowError for an op that is not among them.
 */
export function namedOp({ name, attributes, inputs }: NamedCall): tf.Tensor[] {
  const op = ops[name];
  if (!op) throw new LibtensorflowError(withoutLibrary(`TensorFlow's op ${name}`, core.asked));
  return tf.tidy(() => op(inputs, attributes));
}

/** The loss of each row, and its slope softmax − 1 at the label. */
function crossEntropy([logits, labels]: readonly tf.Tensor[]): tf.Tensor[] {
  const x = logits as tf.Tensor2D;
  const classes = x.shape[1];
  const wrong = (labels as tf.Tensor1D).dataSync().find((label) => label < 0 || label >= classes);
  if (wrong !== undefined)
    throw new RangeError(`cross entropy needs labels from 0 to ${classes - 1}, but was given ${wrong}`);
  const hot = tf.cast(tf.oneHot(labels as tf.Tensor1D, classes), "float32");
  const shifted = tf.sub(x, tf.max(x, 1, true));
  const total = tf.sum(tf.exp(shifted), 1, true);
  const loss = tf.sub(tf.log(tf.squeeze(total, [1])), tf.sum(tf.mul(shifted, hot), 1));
  return [loss, tf.sub(tf.div(tf.exp(shifted), total), hot)];
}

/** Zeros of the sliced tensor's shape with dy where the slice took its values. */
function stridedSliceGradient(
  [shape, begin, end, strides, dy]: readonly tf.Tensor[],
  { ints = {} }: AttributesByKind,
): tf.Tensor[] {
  const list = (tensor: tf.Tensor | undefined) => [...(tensor as tf.Tensor1D).dataSync()];
  const whole = list(shape);
  const size = sizeOfShape(whole);
  const masks = ["begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask", "shrink_axis_mask"] as const;
  const [first, last, ellipsis, added, shrunk] = masks.map((name) => ints[name] as number);
  const places = tf.stridedSlice(
    tf.reshape(tf.range(0, size, 1, "int32"), whole),
    list(begin),
    list(end),
    list(strides),
    first,
    last,
    ellipsis,
    added,
    shrunk,
  );
  const rows = tf.reshape(places, [-1, 1]) as tf.Tensor2D;
  return [tf.reshape(tf.scatterND(rows, tf.reshape(dy as tf.Tensor, [-1]), [size]), whole)];
}

/** The way back of DepthToSpace. */
function spaceToDepth([x]: readonly tf.Tensor[], { ints = {}, strings = {} }: AttributesByKind): tf.Tensor[] {
  const block = ints.block_size as number;
  const given = x as tf.Tensor4D;
  const isLast = strings.data_format !== "NCHW";
  const [n, height, width, channels] = (isLast ? given : tf.transpose(given, [0, 2, 3, 1])).shape as [
    number,
    number,
    number,
    number,
  ];
  const image = isLast ? given : tf.transpose(given, [0, 2, 3, 1]);
  const blocks = tf.reshape(image, [n, height / block, block, width / block, block, channels]);
  const beside = tf.transpose(blocks, [0, 1, 3, 2, 4, 5]);
  const deep = tf.reshape(beside, [n, height / block, width / block, block * block * channels]);
  return [isLast ? deep : tf.transpose(deep, [0, 3, 1, 2])];
}
