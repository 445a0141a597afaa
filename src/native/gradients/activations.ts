/** Gradients of activations by TensorFlow's own kernels: one op each where TensorFlow.js composes several. */
import type { tf } from "../backend.js";
import { float, op1 } from "../op.js";
import { overrideGradient } from "./override.js";

/** All three are functions of the output, so the input need not be kept. */
const kernels = [
  /** dy where y > 0, else 0. */
  { kernelName: "Relu", gradient: (dy: tf.Tensor, y: tf.Tensor) => op1("ReluGrad", float, [dy, y]) },
  /** dy·y·(1 − y) */
  { kernelName: "Sigmoid", gradient: (dy: tf.Tensor, y: tf.Tensor) => op1("SigmoidGrad", float, [y, dy]) },
  /** dy·(1 − y²) */
  { kernelName: "Tanh", gradient: (dy: tf.Tensor, y: tf.Tensor) => op1("TanhGrad", float, [y, dy]) },
];

for (const { kernelName, gradient } of kernels)
  overrideGradient(
    {
      kernelName,
      outputsToSave: [true],
      gradFunc: (dy, [y]) => ({ x: () => gradient(dy as tf.Tensor, y as tf.Tensor) }),
    },
    { rewrite: "activations", once: true },
  );
