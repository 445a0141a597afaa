import { drawsOf } from "../runs/draw.mjs";

/** Healthy runs on few images, made up as `generated` makes those on points. */
export function generatedOnImages(i) {
  const draw = drawsOf(i, "healthy images");
  const data = { of: draw.of(["mnist", "fashion"]), rows: draw.of([1500, 2000, 3000]), validation: 500 };
  const hidden = Array.from({ length: draw.whole(1, 2) }, () => draw.of([64, 96, 128]));
  const conv = draw.of([undefined, undefined, [draw.of([4, 8]), draw.of([8, 16])]]);
  return {
    id: `I${i}`,
    family: "I",
    data,
    net: { ...(conv && { conv }), hidden, activation: draw.of(["relu", "relu", "tanh"]) },
    optimizer: draw.of([
      { adam: { learningRate: draw.rate(1e-3, 3e-3) } },
      { sgd: { learningRate: draw.rate(0.03, 0.1), momentum: 0.9 } },
    ]),
    batchSize: draw.of([32, 64]),
    epochs: draw.whole(6, 10),
    must: [],
    may: [],
  };
}
