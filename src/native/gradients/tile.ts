/**
 * The gradient of tile as one sum. TensorFlow.js adds up a slice for each repetition: tens of thousands of ops for
 * one transformer block.
 */
import { tf } from "../backend.js";
import { overrideGradient } from "./override.js";

overrideGradient(
  {
    kernelName: "Tile",
    inputsToSave: ["x"],
    gradFunc(dy, [x], attributes) {
      const { reps } = attributes as unknown as { reps: number[] };
      const { shape } = x as tf.Tensor;
      return { x: () => tf.reshape(repetitionSum(dy as tf.Tensor, shape, reps), shape) };
    },
  },
  { rewrite: "tile" },
);

/** dy [r₀s₀, r₁s₁, …] seen as [r₀, s₀, r₁, s₁, …], summed over every r. */
function repetitionSum(dy: tf.Tensor, shape: readonly number[], reps: readonly number[]): tf.Tensor {
  const split = shape.flatMap((size, axis) => [reps[axis] ?? 1, size]);
  const repeated = shape.map((_, axis) => 2 * axis);
  return tf.sum(tf.reshape(dy, split), repeated);
}
