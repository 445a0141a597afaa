/** Texts. */
import { type Calls, wholeNumbers } from "./maker.js";

export const texts: Calls = {
  "string.stringNGrams": (d) => [
    d.tensor("string", [4]),
    wholeNumbers([0, 2, 4]),
    "|",
    [1, 2],
    "L",
    "R",
    -1,
    d.chance(0.5),
  ],
  "string.stringSplit": (d) => [d.tensor("string", [3]), d.tensor("string", []), d.chance(0.5)],
  "string.stringToHashBucketFast": (d) => [d.tensor("string", d.shape(2)), 10],
  "string.staticRegexReplace": (d) => [
    d.tensor("string", d.shape(2)),
    d.pick(["a", "(b)", "[", "\\"]),
    d.pick(["x", "\\1", "\\9"]),
    true,
  ],
};
