import { data } from "../../../dist/src/index.js";
import { defined } from "../defined.mjs";
import { gaussians, moons, spirals, waves } from "./points.mjs";

const images =
  (load) =>
  async ({ rows = 6000, validation = 1000, seed }) =>
    data.take(await load(), { train: rows, validation, seed });

/** Where a run's data come from, before its fault: the seed draws the points, or which images. */
export const sources = {
  circle: ({ rows = 700, validation = 300, factor, noise, seed }) =>
    data.circle({ samples: rows + validation, validation, seed, ...defined({ factor, noise }) }),
  blob: ({ rows = 700, validation = 300, centers, std, seed }) =>
    data.blob({ samples: rows + validation, validation, seed, ...defined({ centers, std }) }),
  mnist: images(() => data.mnist()),
  fashion: images(() => data.fashionMnist()),
  moons,
  spirals,
  gaussians,
  waves,
};
