import { expect, it } from "vitest";
import { exportedBatches } from "../../../../src/native/export/exportedBatches.js";
import { tf } from "../../../../src/native/index.js";

const dense = (inputs: number, units: number) =>
  tf.sequential({ layers: [tf.layers.dense({ units, inputShape: [inputs] })] });

it("takes sizes that nothing in the model is a multiple of", () => {
  expect(exportedBatches(dense(4, 3), undefined)).toEqual([11, 13, 17]);
  expect(exportedBatches(dense(11 * 19, 34), undefined)).toEqual([13, 23, 29]);
});

it("takes the size that is given", () => {
  expect(exportedBatches(dense(4, 3), 8)).toEqual([8]);
});
