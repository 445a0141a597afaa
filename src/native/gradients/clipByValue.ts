/**
 * TensorFlow.js's gradient asks for both bounds with a LogicalAnd, which has no gradient: a gradient of a gradient through
 * a clip, or a hard sigmoid, failed. Here one bound is asked for after the other.
 */
import { tf } from "../backend.js";
import { overrideGradient } from "./override.js";

overrideGradient(
  {
    kernelName: "ClipByValue",
    inputsToSave: ["x"],
    gradFunc: (dy, [x], attributes) => ({
      x() {
        const { clipValueMin, clipValueMax } = attributes as { clipValueMin: number; clipValueMax: number };
        const below = tf.where(tf.lessEqual(x as tf.Tensor, clipValueMax), dy as tf.Tensor, 0);
        return tf.where(tf.greaterEqual(x as tf.Tensor, clipValueMin), below, 0);
      },
    }),
  },
  { rewrite: "missingGradients" },
);
