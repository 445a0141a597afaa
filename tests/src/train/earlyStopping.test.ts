import { expect, it } from "vitest";
import { EarlyStopping, type EarlyStoppingOptions } from "../../../src/train/earlyStopping.js";

/** Feeds values until it wants to stop; says how many it took. */
function watch(options: EarlyStoppingOptions, values: readonly number[]) {
  const stopping = new EarlyStopping(options, { monitor: "valLoss" });
  let taken = 0;
  for (const value of values) {
    stopping.update(value);
    taken++;
    if (stopping.reason() !== undefined) break;
  }
  return { taken, best: stopping.best, bestEpoch: stopping.bestEpoch, reason: stopping.reason() };
}

it("waits `patience` epochs for a smaller loss", () => {
  expect(watch({ patience: 2 }, [3, 2, 2.5, 2, 1, 0])).toEqual({
    taken: 4,
    best: 2,
    bestEpoch: 2,
    reason: "valLoss has not improved for 2 epochs (best: 2.000 in epoch 2)",
  });
});

it("waits for a larger accuracy", () => {
  expect(watch({ patience: 1, monitor: "valAccuracy" }, [0.5, 0.6, 0.6, 0.9])).toMatchObject({
    taken: 3,
    best: 0.6,
  });
});

it("counts only improvements of at least minDelta", () => {
  expect(watch({ patience: 2, minDelta: 0.1 }, [1, 0.95, 0.91, 0.5])).toMatchObject({ taken: 3, best: 1 });
  expect(watch({ patience: 2, minDelta: 0.1 }, [1, 0.95, 0.85, 0.8, 0.7])).toMatchObject({
    taken: 5,
    bestEpoch: 5,
  });
});

it("takes NaN for no improvement", () => {
  expect(watch({ patience: 2 }, [Number.NaN, Number.NaN, 1]).reason).toBe(
    "valLoss has not improved for 2 epochs (best: no number)",
  );
  expect(watch({ patience: 2 }, [Number.NaN, 1, 2])).toMatchObject({ taken: 3, best: 1, reason: undefined });
});

it.each([
  [{ patience: 0 }, "a patience of at least 1 epoch; it was given 0"],
  [{ minDelta: -1 }, "a minDelta of at least 0; it was given -1"],
  [{ monitor: "cost" }, 'The best "cost" needs { direction: "max" } or { direction: "min" }'],
])("refuses %j", (options, message) => {
  const making = () => new EarlyStopping(options, { monitor: "valLoss" });
  expect(making).toThrow(RangeError);
  expect(making).toThrow(message);
});
