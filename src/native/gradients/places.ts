/** Gradients of ops that move values to other places, which TensorFlow.js lacks: the way back. */
import { tf } from "../backend.js";
import { float, op1 } from "../op.js";
import { overrideGradient } from "./override.js";

/** A linear function that nothing records, with its own gradient: its transpose. */
function linear(
  x: tf.Tensor,
  compute: (x: tf.Tensor) => tf.Tensor,
  transpose: (dy: tf.Tensor) => tf.Tensor,
): tf.Tensor {
  return tf.customGrad((value) => ({ value: compute(value as tf.Tensor), gradFunc: transpose }))(x);
}

overrideGradient(
  {
    kernelName: "GatherNd",
    inputsToSave: ["params", "indices"],
    gradFunc: (dy, [params, indices]) => ({
      // Places gathered twice get both slopes.
      params: () => tf.scatterND(indices as tf.Tensor, dy as tf.Tensor, (params as tf.Tensor).shape),
    }),
  },
  { rewrite: "missingGradients" },
);

overrideGradient(
  {
    kernelName: "ScatterNd",
    inputsToSave: ["indices"],
    gradFunc: (dy, [indices]) => ({
      updates() {
        const { shape, rank } = indices as tf.Tensor;
        const rows = rank === 1 ? tf.reshape(indices as tf.Tensor, [shape[0] as number, 1]) : indices;
        return tf.gatherND(dy as tf.Tensor, rows as tf.Tensor);
      },
    }),
  },
  { rewrite: "missingGradients" },
);

interface Strides {
  readonly begin: number[];
  readonly end: number[];
  readonly strides: number[];
  readonly beginMask: number;
  readonly endMask: number;
  readonly ellipsisMask: number;
  readonly newAxisMask: number;
  readonly shrinkAxisMask: number;
}

overrideGradient(
  {
    kernelName: "StridedSlice",
    inputsToSave: ["x"],
    gradFunc: (dy, [x], attributes) => ({
      x() {
        const { begin, end, strides, ...masks } = attributes as unknown as Strides;
        const { shape } = x as tf.Tensor;
        const ints = {
          begin_mask: masks.beginMask,
          end_mask: masks.endMask,
          ellipsis_mask: masks.ellipsisMask,
          new_axis_mask: masks.newAxisMask,
          shrink_axis_mask: masks.shrinkAxisMask,
        };
        const scatter = (slope: tf.Tensor) => {
          const places = [shape, begin, end, strides].map((list) => tf.tensor1d(list, "int32"));
          return op1("StridedSliceGrad", { ...float, ints }, [...places, slope]);
        };
        const gather = (values: tf.Tensor) =>
          tf.stridedSlice(
            values,
            begin,
            end,
            strides,
            masks.beginMask,
            masks.endMask,
            masks.ellipsisMask,
            masks.newAxisMask,
            masks.shrinkAxisMask,
          );
        return linear(dy as tf.Tensor, scatter, gather);
      },
    }),
  },
  { rewrite: "missingGradients" },
);

overrideGradient(
  {
    kernelName: "DepthToSpace",
    gradFunc: (dy, _, attributes) => ({
      x() {
        const { blockSize, dataFormat } = attributes as unknown as { blockSize: number; dataFormat: string };
        const given = { ...float, ints: { block_size: blockSize }, strings: { data_format: dataFormat } };
        const apart = (slope: tf.Tensor) => op1("SpaceToDepth", given, [slope]);
        const together = (values: tf.Tensor) =>
          tf.depthToSpace(values as tf.Tensor4D, blockSize, dataFormat as "NHWC");
        return linear(dy as tf.Tensor, apart, together);
      },
    }),
  },
  { rewrite: "missingGradients" },
);
