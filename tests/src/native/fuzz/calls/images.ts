/** Images scaled, cut, turned and recoloured, and boxes in them. */
import type { Draw, TensorSpec } from "../draw.js";
import { type Calls, image } from "./maker.js";

function boxes(d: Draw): [TensorSpec, TensorSpec] {
  const count = d.int(1, 5);
  return [d.float([count, 4]), d.float([count])];
}

export const images: Calls = {
  "image.resizeBilinear": (d) => [d.float(image(d, 2)), d.many(2, () => d.int(1, 6)), d.chance(0.5), false],
  "image.resizeNearestNeighbor": (d) => [
    d.float(image(d, 2)),
    d.many(2, () => d.int(1, 6)),
    d.chance(0.5),
    false,
  ],
  "image.cropAndResize": (d) => {
    const x = image(d, 2);
    const count = d.int(1, 3);
    return [
      d.float(x),
      d.float([count, 4]),
      d.ints([count], (x[0] as number) - 1),
      [2, 2],
      d.pick(["bilinear", "nearest"]),
      0,
    ];
  },
  "image.flipLeftRight": (d) => [d.float(image(d, 2))],
  "image.rotateWithOffset": (d) => [d.float(image(d, 2)), 0.5, 0, 0.5],
  "image.grayscaleToRGB": (d) => [d.float(image(d, 2, 1))],
  "image.rgbToGrayscale": (d) => [d.float(image(d, 2, 3))],
  "image.threshold": (d) => [d.tensor("int32", [4, 4, 3]), "otsu", false, 0.5],
  "image.transform": (d) => [
    d.float(image(d, 2)),
    d.float([1, 8]),
    d.pick(["nearest", "bilinear"]),
    d.pick(["constant", "reflect", "wrap", "nearest"]),
    0,
    [3, 3],
  ],
  "image.nonMaxSuppression": (d) => [...boxes(d), d.int(1, 4), 0.5, 0.1],
  "image.nonMaxSuppressionWithScore": (d) => [...boxes(d), d.int(1, 4), 0.5, 0.1, 0.5],
  "image.nonMaxSuppressionPadded": (d) => [...boxes(d), d.int(1, 4), 0.5, 0.1, d.chance(0.5)],
};
