/** The gradient of elu's gradient, whose kernel has none in TensorFlow.js: gradients of gradients failed. */
import { tf } from "../backend.js";
import { overrideGradient } from "./override.js";

overrideGradient(
  {
    kernelName: "EluGrad",
    inputsToSave: ["dy", "y"],
    // EluGrad is dy where y ≥ 0, else dy·(1 + y).
    gradFunc: (above, [dy, y]) => ({
      dy: () => tf.engine().runKernel("EluGrad", { dy: above as tf.Tensor, y: y as tf.Tensor }) as tf.Tensor,
      y: () => tf.where(tf.less(y as tf.Tensor, 0), tf.mul(above as tf.Tensor, dy as tf.Tensor), 0),
    }),
  },
  { rewrite: "missingGradients" },
);
