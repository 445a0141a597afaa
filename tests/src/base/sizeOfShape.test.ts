import { expect, it } from "vitest";
import { sizeOfShape } from "../../../src/base/sizeOfShape.js";

it.each([
  [[], 1],
  [[5], 5],
  [[2, 3, 4], 24],
  [[2, 0, 4], 0],
])("of %j is %i", (shape, size) => {
  expect(sizeOfShape(shape)).toBe(size);
});
