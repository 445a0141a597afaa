/** Einstein's sums, with the check of labels that TensorFlow leaves out. */
import type { tf } from "../backend.js";
import { registerKernel, stockKernel } from "./registerKernel.js";

const stock = stockKernel<tf.TensorInfo[], { equation: string }>("Einsum");

registerKernel<tf.TensorInfo[], { equation: string }>("Einsum", (call) => {
  const [inputs = "", output = ""] = call.attrs.equation.split("->");
  const unknown = output.match(/[a-z]/gi)?.find((label) => !inputs.includes(label));
  if (unknown === undefined) return stock(call);
  throw new RangeError(`Output subscripts contain the label ${unknown} not present in the input subscripts.`);
});
