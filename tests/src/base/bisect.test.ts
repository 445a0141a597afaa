import { expect, test } from "vitest";
import { bisectLeft, bisectRight } from "../../../src/base/bisect.js";

// As the examples of https://docs.python.org/3/library/bisect.html say it: all before the place are below, or not above.
test.each([[[]], [[5]], [[1, 2, 2, 2, 7]], [[-Infinity, 0, 0.5, Infinity]]])("places in %j", (...given) => {
  const sorted = given[0] as number[];
  for (const value of [-Infinity, -1, 0, 0.5, 1, 2, 3, 5, 7, 8, Infinity]) {
    expect(bisectLeft(sorted, value)).toBe(sorted.filter((number) => number < value).length);
    expect(bisectRight(Float64Array.from(sorted), value)).toBe(
      sorted.filter((number) => number <= value).length,
    );
  }
});
