/** Pools, and what else looks at the neighbours or the channels of an image. */
import type { Draw } from "../draw.js";
import { type Calls, image, padding } from "./maker.js";

const window = (d: Draw, count: number): unknown =>
  d.chance(0.5) ? d.int(1, 3) : d.many(count, () => d.int(1, 3));

export const poolings: Calls = {
  maxPool: (d) => [d.float(image(d, 2)), window(d, 2), window(d, 2), padding(d), "floor"],
  avgPool: (d) => [d.float(image(d, 2)), window(d, 2), window(d, 2), padding(d), "floor"],
  maxPool3d: (d) => [d.float(image(d, 3)), window(d, 3), window(d, 3), padding(d), "floor", "NDHWC"],
  avgPool3d: (d) => [d.float(image(d, 3)), window(d, 3), window(d, 3), padding(d), "floor", "NDHWC"],
  maxPoolWithArgmax: (d) => [d.float(image(d, 2)), window(d, 2), window(d, 2), padding(d), d.chance(0.5)],
  pool: (d) => [d.float(image(d, 2)), [2, 2], d.pick(["max", "avg"]), "same", [1, 1], [1, 1]],
  localResponseNormalization: (d) => [d.float(image(d, 2)), d.int(1, 5), 1, 0.5, 0.5],
  batchNorm: (d) => {
    const x = image(d, 2);
    const channels = [x.at(-1) as number];
    return [d.float(x), d.float(channels), d.float(channels), d.float(channels), d.float(channels), 1e-3];
  },
};
