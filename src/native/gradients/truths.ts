/**
 * What answers true or false has a gradient of 0 wherever it has one. TensorFlow.js says so of ≥ alone, so that layers
 * which compare on their way (ThresholdedReLU, Masking) could not be trained.
 */
import { tf } from "../backend.js";
import { overrideGradient } from "./override.js";

/** Not LogicalAnd, of which TensorFlow.js's own specs want an error. */
const ofTwo = ["Greater", "Less", "LessEqual", "Equal", "NotEqual", "LogicalOr"];
for (const kernelName of ofTwo)
  overrideGradient(
    {
      kernelName,
      inputsToSave: ["a", "b"],
      gradFunc: (_, [a, b]) => ({ a: () => zeros(a as tf.Tensor), b: () => zeros(b as tf.Tensor) }),
    },
    { rewrite: "missingGradients" },
  );

for (const kernelName of ["Any", "All", "LogicalNot", "IsFinite", "IsInf", "IsNan"])
  overrideGradient(
    {
      kernelName,
      inputsToSave: ["x"],
      gradFunc: (_, [x]) => ({ x: () => zeros(x as tf.Tensor) }),
    },
    { rewrite: "missingGradients" },
  );

function zeros(x: tf.Tensor): tf.Tensor {
  return tf.zeros(x.shape);
}
