// How weights are changed.
import { deep } from "../runs/defaults.mjs";
import { classifies, isImage } from "./kinds.mjs";

/** The optimiser with its rate times a factor; with the base's schedule. */
function timesRate({ optimizer }, factor) {
  const [[name, how]] = Object.entries(optimizer);
  return { optimizer: { [name]: { ...how, learningRate: how.learningRate * factor } } };
}

export const updates = {
  "lr-high": {
    may: ["dying", "exploding", "oscillation"],
    inject: (base, draw) => ({ ...base, ...timesRate(base, draw.rate(60, 600)) }),
  },
  "lr-low": {
    may: ["underfit"],
    inject: (base, draw) => ({ ...base, ...timesRate(base, draw.rate(3e-6, 3e-4)) }),
  },
  // Of classes that curve round each other: others are told apart wherever the weights are thrown.
  oscillation: {
    must: ["lr-high"],
    may: ["saturation", "dying", "overfit"],
    proof: "swings",
    fits: (base) => isImage(base) || ["circle", "moons", "spirals"].includes(base.data.of),
    inject: ({ schedule, ...base }, draw) => ({
      ...base,
      net: { hidden: deep(draw.of([16, 24, 32]), draw.whole(2, 3)), activation: draw.of(["tanh", "elu"]) },
      optimizer: draw.of([
        { sgd: { learningRate: draw.rate(0.4, 0.8), momentum: 0.9 } },
        { adam: { learningRate: draw.rate(0.1, 0.25) } },
        { rmsprop: { learningRate: draw.rate(0.05, 0.15) } },
      ]),
      batchSize: 8,
      epochs: Math.max(20, base.epochs),
    }),
  },
  // A rate that batches of 32 bear.
  "batch-small": {
    must: ["lr-high"],
    may: ["oscillation", "dying"],
    proof: "swingsOrWorse",
    fits: (base) => classifies(base) && base.data.rows <= 1500 && !base.net.conv,
    inject: ({ schedule, ...base }, draw) => ({
      ...base,
      net: { ...base.net, norm: false, dropout: 0 },
      optimizer: { sgd: { learningRate: draw.rate(0.15, 0.4) } },
      batchSize: 1,
      epochs: 15,
    }),
  },
};
