import { tf } from "../backend.js";
import { DType } from "../dtypes.js";
import { op } from "../op.js";

/**
 * −log softmax(logits)[label] for each row, with its gradient, in one TensorFlow op.
 *
 * @param logits float32 [n, classes]
 * @param labels int32 [n], each in [0, classes)
 * @returns float32 [n]; NaN for a label out of range on a GPU, an error on a CPU.
 */
export function sparseCrossEntropy(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Tensor1D {
  const compute = tf.customGrad((x, save) => {
    const types = { T: DType.float32, Tlabels: DType.int32 };
    const [loss, slope] = op("SparseSoftmaxCrossEntropyWithLogits", { types }, [x as tf.Tensor, labels], 2);
    (save as unknown as (tensors: tf.Tensor[]) => void)([slope as tf.Tensor]);
    return {
      value: loss as tf.Tensor,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(tf.expandDims(dy, 1), saved[0] as tf.Tensor),
    };
  });
  return compute(logits) as tf.Tensor1D;
}
