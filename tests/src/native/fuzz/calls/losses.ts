/** Losses and norms. */
import { type Calls, twoAlike } from "./maker.js";

export const losses: Calls = {
  "losses.softmaxCrossEntropy": (d) => {
    const shape = d.shape(2);
    return [d.float(shape), d.float(shape)];
  },
  norm: (d) => [d.float(d.shape(2)), d.pick(["euclidean", "fro", 1, 2]), d.pick([0, 1]), d.chance(0.5)],
  "losses.meanSquaredError": (d) => twoAlike("float32", d),
};
