/**
 * Gathering without a look at the indices on the host, which a capture has not yet and which costs a copy. TensorFlow
 * checks them on the CPU; on a GPU, which does not, tfjs-node's check stays.
 */
import { tf } from "../backend.js";
import { binding } from "../binding.js";
import { op1 } from "../op.js";
import { TensorFlowError } from "../tensorflow.js";
import { registerKernel, stockKernel } from "./registerKernel.js";

type Inputs = { x: tf.Tensor; indices: tf.Tensor };
type Attributes = { axis: number; batchDims: number };

const stock = stockKernel<Inputs, Attributes>("GatherV2");

registerKernel<Inputs, Attributes>("GatherV2", (call) => {
  if (!binding.isTracing && binding.isUsingGpuDevice()) return stock(call);
  const { x, indices } = call.inputs;
  const { axis, batchDims } = call.attrs;
  tf.backend_util.segment_util.collectGatherOpShapeInfo(x, indices, axis, batchDims);
  try {
    return op1("GatherV2", { ints: { batch_dims: batchDims } }, [x, indices, tf.scalar(axis, "int32")]);
  } catch (error) {
    if (binding.isTracing || !(error instanceof TensorFlowError)) throw error;
    // In TensorFlow.js's words, naming the index.
    return stock(call);
  }
});
