/** Kernels of single values for the types that TensorFlow's op does not take, and for what is not a number. */
import { tf } from "../backend.js";
import { DType } from "../dtypes.js";
import { op1 } from "../op.js";
import { registerKernel, stockKernel } from "./registerKernel.js";

interface Inputs {
  readonly x: tf.Tensor;
}

const sign = stockKernel<Inputs, Record<string, never>>("Sign");
/** TensorFlow.js says that what is not a number has no sign. */
registerKernel<Inputs>("Sign", (call) => {
  const { x } = call.inputs;
  if (x.dtype !== "float32") return sign(call);
  return op1("SelectV2", { types: { T: DType.float32 } }, [tf.isNaN(x), tf.scalar(0), sign(call)]);
});

const leakyRelu = stockKernel<Inputs, { alpha: number }>("LeakyRelu");
registerKernel<Inputs, { alpha: number }>("LeakyRelu", (call) =>
  leakyRelu({ ...call, inputs: { x: tf.cast(call.inputs.x, "float32") } }),
);

const step = stockKernel<Inputs, { alpha: number }>("Step");
registerKernel<Inputs, { alpha: number }>("Step", (call) => {
  const { x } = call.inputs;
  if (x.dtype === "float32") return step(call);
  const { shape, dtype } = x;
  return tf.where(
    tf.greater(x, tf.scalar(0, dtype)),
    tf.ones(shape, dtype),
    tf.fill(shape, call.attrs.alpha, dtype),
  );
});

const diag = stockKernel<Inputs, Record<string, never>>("Diag");
registerKernel<Inputs>("Diag", (call) => {
  const { x } = call.inputs;
  if (x.dtype !== "bool") return diag(call);
  return tf.cast(diag({ ...call, inputs: { x: tf.cast(x, "int32") } }), "bool");
});
