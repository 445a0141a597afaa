/** Images moved by projective transforms. */
import { tf } from "../backend.js";
import { DType } from "../dtypes.js";
import { op1 } from "../op.js";
import { registerKernel } from "./registerKernel.js";

interface TransformAttributes {
  readonly interpolation: string;
  readonly fillMode: string;
  readonly fillValue: number;
  readonly outputShape?: readonly [number, number] | null;
}

registerKernel<{ image: tf.TensorInfo; transforms: tf.TensorInfo }, TransformAttributes>(
  "Transform",
  ({ inputs: { image, transforms }, attrs }) => {
    const size = attrs.outputShape ?? image.shape.slice(1, 3);
    const strings = {
      interpolation: attrs.interpolation.toUpperCase(),
      fill_mode: attrs.fillMode.toUpperCase(),
    };
    const all = [image, transforms, tf.tensor1d([...size], "int32"), tf.scalar(attrs.fillValue)];
    return op1("ImageProjectiveTransformV3", { types: { dtype: DType.float32 }, strings }, all);
  },
);
