import { expect, test } from "vitest";
import { EpochBatches } from "../../../src/train/epochBatches.js";

test("batches and updates of an epoch; the last of each may be smaller", () => {
  const batches = new EpochBatches({ size: 103, batchSize: 10, accumulate: 4 });
  expect([batches.count, batches.updates]).toEqual([11, 3]);
  expect(Array.from({ length: 12 }, (_, i) => batches.samplesOf(i))).toEqual([
    0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 103,
  ]);
  expect(Array.from({ length: 11 }, (_, i) => batches.updateOf(i))).toEqual([
    { samples: 40, isLast: false },
    { samples: 40, isLast: false },
    { samples: 40, isLast: false },
    { samples: 40, isLast: true },
    { samples: 40, isLast: false },
    { samples: 40, isLast: false },
    { samples: 40, isLast: false },
    { samples: 40, isLast: true },
    { samples: 23, isLast: false },
    { samples: 23, isLast: false },
    { samples: 23, isLast: true },
  ]);
});

test("one batch an update", () => {
  const batches = new EpochBatches({ size: 7, batchSize: 3, accumulate: 1 });
  expect([batches.count, batches.updates]).toEqual([3, 3]);
  expect([0, 1, 2].map((i) => batches.updateOf(i))).toEqual([
    { samples: 3, isLast: true },
    { samples: 3, isLast: true },
    { samples: 1, isLast: true },
  ]);
});

test("a batch, and an update, larger than the epoch", () => {
  const batches = new EpochBatches({ size: 5, batchSize: 8, accumulate: 3 });
  expect([batches.count, batches.updates]).toEqual([1, 1]);
  expect(batches.updateOf(0)).toEqual({ samples: 5, isLast: true });
});
