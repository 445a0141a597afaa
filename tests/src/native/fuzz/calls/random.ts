/** Random numbers, each with its seed. */
import type { Calls } from "./maker.js";

export const random: Calls = {
  multinomial: (d) => [d.float(d.shape(2)), d.int(1, 5), 3, d.chance(0.5)],
  randomGamma: (d) => [d.shape(2), 2, 1, "float32", 5],
  randomNormal: (d) => [d.shape(2), 0, 1, "float32", 5],
  randomUniform: (d) => [d.shape(2), 0, 1, "float32", 5],
  dropout: (d) => [d.float(d.shape(2)), 0.5, undefined, 3],
};
