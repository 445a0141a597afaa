/** Values chosen by a condition, by rank, or by being new; and those set by an index. */
import type { Calls } from "./maker.js";

export const choices: Calls = {
  oneHot: (d) => [d.ints(d.shape(d.int(0, 2))), d.int(1, 5), 1, 0, d.pick(["float32", "int32"])],
  diag: (d) => [d.float(d.shape(d.int(1, 3), 3))],
  where: (d) => {
    const shape = d.shape(d.int(0, 3));
    return [d.tensor("bool", shape), d.float(shape), d.float(shape)];
  },
  topk: (d) => [d.float(d.shape(d.int(1, 3))), 1, d.chance(0.5)],
  unique: (d) => [d.tensor(d.pick(["float32", "int32", "string"]), d.shape(d.int(1, 2))), 0],
  broadcastArgs: (d) => [d.ints([2]), d.ints([2])],
};
