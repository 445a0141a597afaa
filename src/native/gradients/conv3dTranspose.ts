/** The gradient of a transposed convolution of volumes, which TensorFlow.js lacks: as its own of images. */
import { tf } from "../backend.js";
import { overrideGradient } from "./override.js";

interface Attributes {
  readonly strides: number | [number, number, number];
  readonly pad: "valid" | "same";
}

overrideGradient(
  {
    kernelName: "Conv3DBackpropInputV2",
    inputsToSave: ["dy", "filter"],
    gradFunc(ddx, saved, attributes) {
      const [dy, filter] = saved as [tf.Tensor5D, tf.Tensor5D];
      const { strides, pad } = attributes as unknown as Attributes;
      const filterShape = filter.shape;
      return {
        dy: () => tf.conv3d(ddx as tf.Tensor5D, filter, strides, pad),
        filter: () =>
          tf
            .engine()
            .runKernel("Conv3DBackpropFilterV2", { x: ddx as tf.Tensor, dy }, { strides, pad, filterShape }),
      };
    },
  },
  { rewrite: "missingGradients" },
);
