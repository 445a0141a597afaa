import { expect, test } from "vitest";
import { editDistance } from "../../../src/base/editDistance.js";

/** Common textbook pairs; "CA" → "ABC" is 2 only where a part may be changed twice. */
test.each([
  ["kitten", "sitting", 3],
  ["Saturday", "Sunday", 3],
  ["", "abc", 3],
  ["abc", "", 3],
  ["same", "same", 0],
  ["ab", "ba", 1],
  ["trails", "trials", 1],
  ["CA", "ABC", 3],
])("%s → %s takes %d edits", (from, to, distance) => {
  expect(editDistance(from, to)).toBe(distance);
});
