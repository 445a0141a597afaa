// How weights are changed.
import { classifies } from "./kinds.mjs";

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
  oscillation: {
    must: ["lr-high"],
    may: ["saturation", "dying", "overfit"],
    proof: "swings",
    fits: classifies,
    inject: ({ schedule, ...base }, draw) => ({
      ...base,
      net: { ...base.net, activation: draw.of(["tanh", "relu"]), norm: false, dropout: 0 },
      optimizer: draw.of([
        { sgd: { learningRate: draw.rate(0.3, 1), momentum: 0.9 } },
        { adam: { learningRate: draw.rate(0.05, 0.15) } },
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
    fits: (base) => classifies(base) && base.data.rows <= 1500,
    inject: ({ schedule, ...base }, draw) => ({
      ...base,
      net: { ...base.net, norm: false, dropout: 0 },
      optimizer: { sgd: { learningRate: draw.rate(0.15, 0.4) } },
      batchSize: 1,
      epochs: 15,
    }),
  },
};
