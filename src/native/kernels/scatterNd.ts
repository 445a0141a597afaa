/** Scatters updates into a tensor of zeros. A list of indices names rows, one each. */
import { tf } from "../backend.js";
import { registerKernel, stockKernel } from "./registerKernel.js";

interface Inputs {
  readonly indices: tf.Tensor;
  readonly updates: tf.TensorInfo;
}

const stock = stockKernel<Inputs, { shape: number[] }>("ScatterNd");

registerKernel<Inputs, { shape: number[] }>("ScatterNd", (call) => {
  const { indices, updates } = call.inputs;
  if (indices.shape.length !== 1) return stock(call);
  return stock({ ...call, inputs: { indices: tf.reshape(indices, [-1, 1]), updates } });
});
