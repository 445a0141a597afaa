import { expect, test } from "vitest";
import { withoutOverwritten } from "../../../src/track/withoutOverwritten.js";
import { series } from "../board/exampleRuns.js";

test("drops what a restart wrote anew", () => {
  const resumed = withoutOverwritten(series([0, 1, 2, 3, 20, 30, 40], [0, 1, 2, 3, 2, 3, 4]));
  expect([...resumed.steps]).toEqual([0, 1, 2, 3, 4]);
  expect([...resumed.values]).toEqual([0, 1, 20, 30, 40]);
});

test("leaves rising steps as they are, repeated ones too", () => {
  const plain = series([1, 2, 3], [0, 0, 1]);
  expect(withoutOverwritten(plain)).toBe(plain);
});
