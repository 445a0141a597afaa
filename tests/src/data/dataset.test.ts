import { inspect } from "node:util";
import { expect, it } from "vitest";
import { arrays } from "../../../src/data/arrays.js";

const x = Array.from({ length: 5000 }, (_, i) => [i, -i]);
const points = arrays({ name: "points", x, y: x.map((_, i) => i % 3), validation: 1000 });

it("is inspected as one line, a copy as what it holds by then", () => {
  expect(inspect(points)).toBe("points: 4,000 train, 1,000 validation; samples of [2]; 3 classes");
  expect(inspect({ ...points, validation: undefined, name: "some" })).toBe(
    "some: 4,000 train; samples of [2]; 3 classes",
  );
  expect(inspect({ points, test: [points.validation] })).toBe(
    "{\n  points: points: 4,000 train, 1,000 validation; samples of [2]; 3 classes,\n  test: [ validation: 1,000 samples of [2]; labels ]\n}",
  );
});

it("has splits that are inspected as one line", () => {
  expect(inspect(points.train)).toBe("train: 4,000 samples of [2]; labels");
  const line = arrays({ x, y: x.map(([value = 0]) => [value / 2, 1]) });
  expect(inspect(line.train)).toBe("train: 5,000 samples of [2]; targets of [2]");
  const several = arrays({ x: { left: x, right: x }, y: { kind: x.map((_, i) => i % 2) } });
  expect(inspect(several.train)).toBe("train: 5,000 samples of 2 inputs and 1 target");
});
