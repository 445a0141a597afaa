/** Unique values, where all that are not numbers are one. TensorFlow takes each NaN for a value of its own. */
import { tf } from "../backend.js";
import { DType } from "../dtypes.js";
import { op1 } from "../op.js";
import { registerKernel, stockKernel } from "./registerKernel.js";

type Attributes = { axis?: number };

const stock = stockKernel<{ x: tf.TensorInfo }, Attributes>("Unique") as unknown as (
  call: object,
) => tf.Tensor[];

registerKernel<{ x: tf.Tensor }, Attributes>("Unique", (call) => {
  const { x } = call.inputs;
  if (x.dtype !== "float32") return stock(call);
  // Compared by their bits, of which there are one kind of NaN and one of zero then.
  const oneKind = tf.where(tf.isNaN(x), tf.fill(x.shape, Number.NaN), tf.add(x, tf.scalar(0)));
  const bits = bitcast(oneKind, DType.float32, DType.int32);
  const [values, indices] = stock({ ...call, inputs: { x: bits } }) as [tf.Tensor, tf.Tensor];
  return [bitcast(values, DType.int32, DType.float32), indices];
});

function bitcast(tensor: tf.Tensor, T: number, type: number): tf.Tensor {
  return op1("Bitcast", { types: { T, type } }, [tensor]);
}
