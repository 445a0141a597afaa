/** Einstein's sums, with the check of labels that TensorFlow leaves out, and of more than its two factors. */
import type { tf } from "../backend.js";
import { registerKernel, stockKernel } from "./registerKernel.js";

const stock = stockKernel<tf.TensorInfo[], { equation: string }>("Einsum");

registerKernel<tf.TensorInfo[], { equation: string }>("Einsum", (call) => {
  const [inputs = "", output = "", ...more] = call.attrs.equation.split("->");
  if (!call.attrs.equation.includes("->") || more.length > 0)
    throw new RangeError(`Expecting exactly one arrow in the equation; it was given ${call.attrs.equation}`);
  const unknown = output.match(/[a-z]/gi)?.find((label) => !inputs.includes(label));
  if (unknown !== undefined)
    throw new RangeError(
      `Output subscripts contain the label ${unknown} not present in the input subscripts.`,
    );
  const terms = inputs.split(",");
  if (terms.length > 2 && terms.length !== call.inputs.length)
    throw new RangeError(`Expected ${terms.length} inputs but got: ${call.inputs.length}`);
  return product(terms, output, call);
});

/** From the left, two factors at a time; a label stays as long as somebody asks for it. */
function product(
  terms: readonly string[],
  output: string,
  call: { inputs: readonly tf.TensorInfo[]; backend: unknown },
): tf.Tensor {
  const { inputs, backend } = call;
  const [first = "", second = "", ...rest] = terms;
  const [x, y, ...others] = inputs as [tf.TensorInfo, tf.TensorInfo, ...tf.TensorInfo[]];
  if (rest.length === 0) {
    const equation = `${terms.join(",")}->${output}`;
    return stock({ inputs: [...inputs], attrs: { equation }, backend });
  }
  const wanted = new Set([...output, ...rest.join("")]);
  const kept = [...new Set(first + second)]
    .filter((label) => /[a-z]/i.test(label) && wanted.has(label))
    .join("");
  const both = stock({ inputs: [x, y], attrs: { equation: `${first},${second}->${kept}` }, backend });
  return product([kept, ...rest], output, { inputs: [both, ...others], backend });
}
