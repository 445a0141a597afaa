/** The gradient of Einstein's sums, which TensorFlow.js lacks: einsums again, with the labels in other places. */
import { tf } from "../backend.js";
import { overrideGradient } from "./override.js";

overrideGradient(
  {
    kernelName: "Einsum",
    saveAllInputs: true,
    gradFunc(dy, inputs, attributes) {
      const { equation } = attributes as unknown as { equation: string };
      const [left = "", output = ""] = equation.replace(/\s/g, "").split("->");
      const terms = left.split(",");
      const diagonal = terms.find((term) => new Set(term).size < term.length);
      if (diagonal !== undefined)
        throw new RangeError(
          `the gradient of einsum needs each label once in a factor, but one of "${equation}" is ${diagonal}`,
        );
      const gradients = inputs.map((_, i) => [
        i,
        () => gradientOf(i, { terms, output, inputs, dy: dy as tf.Tensor }),
      ]);
      return Object.fromEntries(gradients);
    },
  },
  { rewrite: "missingGradients" },
);

/** ∂/∂xᵢ Σ dy·einsum(x): dy times the other factors, summed over the labels that xᵢ has not. */
function gradientOf(
  i: number,
  of: { terms: readonly string[]; output: string; inputs: readonly tf.Tensor[]; dy: tf.Tensor },
): tf.Tensor {
  const { terms, output, inputs, dy } = of;
  const labels = [...(terms[i] as string)];
  const others = terms.flatMap((term, j) => (j === i ? [] : [{ term, input: inputs[j] as tf.Tensor }]));
  const known = new Set([...output, ...others.flatMap(({ term }) => [...term])]);
  const found = labels.filter((label) => known.has(label));
  const equation = `${[output, ...others.map(({ term }) => term)].join(",")}->${found.join("")}`;
  const sum = tf.einsum(equation, dy, ...others.map(({ input }) => input));
  if (found.length === labels.length) return sum;
  // A label of xᵢ alone was summed over: every place along it has the same slope.
  const { shape } = inputs[i] as tf.Tensor;
  const spread = shape.map((size, axis) => (known.has(labels[axis] as string) ? size : 1));
  return tf.broadcastTo(tf.reshape(sum, spread), shape);
}
