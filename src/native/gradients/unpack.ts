/**
 * The gradient of unstack where there is one part alone, as of a series of length 1: TensorFlow.js hands over the slope of
 * a kernel's only output by itself, and its own gradient wants a list.
 */
import { tf } from "../backend.js";
import { overrideGradient } from "./override.js";

overrideGradient(
  {
    kernelName: "Unpack",
    gradFunc(dy, _, attributes) {
      const { axis } = attributes as unknown as { axis: number };
      return { value: () => tf.stack(Array.isArray(dy) ? dy : [dy], axis) };
    },
  },
  { rewrite: "missingGradients" },
);
