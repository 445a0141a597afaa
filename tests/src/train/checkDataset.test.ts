import { expect, it } from "vitest";
import { arrays } from "../../../src/data/arrays.js";
import { fit as fitModel } from "../../../src/fit.js";
import { mlp } from "../../../src/models/index.js";
import { checkDataset } from "../../../src/train/checkDataset.js";

it.each<[string, unknown, string]>([
  ["an empty object", {}, "an empty object"],
  ["an object of something else", { xs: [1], ys: [2] }, "an object of xs, ys"],
  ["a promise", Promise.resolve({}), "a promise: await it"],
  ["nothing", undefined, "undefined"],
  ["null", null, "null"],
])("fit says of %s that it is no data set", async (_what, given, told) => {
  const model = mlp({ inputShape: [2], hidden: [2], classes: 2 });
  await expect(fitModel(model, given as never, {})).rejects.toThrow(
    new TypeError(
      `fit needs a data set such as data.mnist() or data.arrays(…) returns; it was given ${told}`,
    ),
  );
});

it("lets data sets pass", () => {
  const x = [0, 1, 2, 3, 4, 5, 6, 7].map((value) => [value, -value]);
  expect(() => checkDataset(arrays({ x, y: [0, 1, 0, 1, 0, 1, 0, 1], classes: 2 }))).not.toThrow();
});
