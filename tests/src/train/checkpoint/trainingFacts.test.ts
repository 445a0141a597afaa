import { expect, it } from "vitest";
import { assertSameTraining } from "../../../../src/train/checkpoint/trainingFacts.js";

it("names what differs, with both values", () => {
  expect(() => assertSameTraining("long", { precision: "bfloat16" }, { precision: "float32" })).toThrow(
    new RangeError(
      'fit needs the same precision to resume run "long", which had "bfloat16"; it was given "float32"',
    ),
  );
});

it("takes a checkpoint of before there was a choice of precision for one of float32", () => {
  assertSameTraining("old", { batchSize: 64 }, { batchSize: 64, precision: "float32", lossScale: null });
  expect(() => assertSameTraining("old", {}, { precision: "bfloat16" })).toThrow('which had "float32"');
});
