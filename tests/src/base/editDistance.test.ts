import { expect, test } from "vitest";
import { editDistance } from "../../../src/base/editDistance.js";

/** Wagner and Fischer (1974) and common textbook pairs. */
test.each([
  ["kitten", "sitting", 3],
  ["Saturday", "Sunday", 3],
  ["", "abc", 3],
  ["abc", "", 3],
  ["same", "same", 0],
  ["ab", "ba", 2],
])("%s → %s takes %d edits", (from, to, distance) => {
  expect(editDistance(from, to)).toBe(distance);
});
