/**
 * The gradients of convolutions with dilation, which TensorFlow.js refuses and TensorFlow has on no CPU without oneDNN: as
 * those of the convolutions without, of which they consist (`dilated.ts`).
 */
import { tf } from "../backend.js";
import { blocksOf } from "../kernels/dilated.js";
import { padsOf } from "../kernels/explicitPads.js";
import { overrideGradient } from "./override.js";

type Pair = [number, number];

interface Attributes {
  readonly strides: number | Pair;
  readonly pad: "valid" | "same" | number | Pair[];
  /** Null from layers that have none. */
  readonly dilations?: number | Pair | null;
  readonly dataFormat?: "NHWC" | "NCHW";
}

for (const kernelName of ["Conv2D", "DepthwiseConv2dNative"]) {
  const stock = tf.getGradient(kernelName);
  overrideGradient(
    {
      ...stock,
      gradFunc(dy, saved, attributes) {
        const { dilations } = attributes as unknown as Attributes;
        if ([dilations ?? 1].flat().every((dilation) => dilation === 1))
          return stock.gradFunc(dy, saved, attributes);
        const [x, filter] = saved as [tf.Tensor4D, tf.Tensor4D];
        return gradients(
          kernelName,
          { x, filter, dy: dy as tf.Tensor4D },
          attributes as unknown as Attributes,
        );
      },
    },
    { rewrite: "missingGradients" },
  );
}

function gradients(
  kernelName: string,
  { x, filter, dy }: { x: tf.Tensor4D; filter: tf.Tensor4D; dy: tf.Tensor4D },
  { strides, pad, dilations, dataFormat }: Attributes,
) {
  const isFirst = dataFormat === "NCHW";
  const last = (image: tf.Tensor4D) => (isFirst ? tf.transpose(image, [0, 2, 3, 1]) : image);
  const ofImages = (shape: number[]) => (isFirst ? [0, 2, 3, 1].map((axis) => shape[axis] as number) : shape);
  const explicit = isFirst && Array.isArray(pad) ? [0, 2, 3, 1].map((axis) => pad[axis] as Pair) : pad;
  const shape = ofImages(x.shape) as [number, number, number, number];
  const isDepthwise = kernelName !== "Conv2D";
  const info = tf.backend_util.computeConv2DInfo(
    shape,
    filter.shape,
    strides,
    dilations ?? 1,
    explicit as never,
    undefined,
    isDepthwise,
  );
  const block: Pair = [info.dilationHeight, info.dilationWidth];
  const [, rows, columns] = ofImages(dy.shape) as [number, number, number];
  const windows = [info.effectiveFilterHeight, info.effectiveFilterWidth] as const;
  const { top, left } = info.padInfo;
  const pads = [
    padsOf({ size: shape[1], before: top, out: rows, stride: 1, window: windows[0] }),
    padsOf({ size: shape[2], before: left, out: columns, stride: 1, window: windows[1] }),
  ] as const;
  const { padded, crops } = blocksOf(shape, { dilations: block, pads });
  const slopes = () => tf.spaceToBatchND(last(dy), block, crops) as tf.Tensor4D;
  const plain = { strides: 1, pad: "valid", dataFormat: "NHWC", dilations: [1, 1] };
  const run = (name: string, inputs: object, attributes: object) =>
    tf.engine().runKernel(name, inputs as never, { ...plain, ...attributes } as never) as tf.Tensor4D;
  return {
    x() {
      const inputShape = [
        shape[0] * block[0] * block[1],
        ...[0, 1].map((axis) => {
          const [before, after] = padded[axis] as Pair;
          return ((shape[axis + 1] as number) + before + after) / (block[axis] as number);
        }),
        shape[3],
      ];
      const images = run(`${kernelName}BackpropInput`, { dy: slopes(), filter }, { inputShape });
      const dx = tf.batchToSpaceND(images, block, padded);
      return isFirst ? tf.transpose(dx, [0, 3, 1, 2]) : dx;
    },
    filter() {
      const images = tf.spaceToBatchND(last(x), block, padded);
      return run(`${kernelName}BackpropFilter`, { x: images, dy: slopes() }, { filterShape: filter.shape });
    },
  };
}
