import { describe, expect, it } from "vitest";
import { rateSuggestion } from "../../../src/train/rateSuggestion.js";
import { SmoothedLoss } from "../../../src/train/smoothedLoss.js";

const rates = Array.from({ length: 121 }, (_, i) => 10 ** (-6 + i / 20));
const of = (loss: (exponent: number) => number) => {
  const smoothed = rates.map((rate) => loss(Math.log10(rate)));
  return rateSuggestion({ rates, smoothed });
};

describe("suggests", () => {
  it("the inflection of a loss that falls as a logistic function, and a tenth of where it is least", () => {
    // Falls fastest at 1e-3; from 1e-1 it rises by more than it still falls.
    const { steepest, minimumOverTen } = of((x) => 1 / (1 + Math.exp(4 * (x + 3))) + Math.max(0, x + 1) ** 2);
    expect(Math.log10(steepest as number)).toBeCloseTo(-3, 6);
    expect(Math.log10(minimumOverTen as number)).toBeCloseTo(-2, 1);
  });

  it("nothing where the loss only rises or stands, or is no number", () => {
    const nothing = { steepest: undefined, minimumOverTen: undefined };
    expect(of((x) => Math.exp(x))).toEqual(nothing);
    expect(of(() => 2)).toEqual(nothing);
    expect(of(() => Number.NaN)).toEqual(nothing);
    expect(rateSuggestion({ rates: [], smoothed: [] })).toEqual(nothing);
  });

  it("no rate of the fall behind a divergence, or before the average settled", () => {
    const { steepest } = of((x) => (x < -5.5 ? -10 * x : x > -0.5 ? 60 - 20 * x : 50 - x));
    expect(Math.log10(steepest as number)).toBeGreaterThan(-5.5);
    const dips = of((x) => (x > -1 ? 100 - 90 * Math.max(0, x + 0.5) : 3 - 1 / (1 + Math.exp(-4 * (x + 3)))));
    expect(Math.log10(dips.steepest as number)).toBeCloseTo(-3, 6);
  });
});

it("a smoothed loss has no bias of its start", () => {
  const average = new SmoothedLoss(0.9);
  expect([3, 3, 3].map((loss) => average.add(loss))).toEqual(
    [3, 3, 3].map((loss) => expect.closeTo(loss, 12)),
  );
  // (0.9²·0.1·3·… + 0.1·1) over the sum of its weights.
  const weights = [0.9 ** 3, 0.9 ** 2, 0.9, 1];
  const sum = weights.reduce((total, weight) => total + weight, 0);
  expect(average.add(1)).toBeCloseTo((3 * (sum - 1) + 1) / sum, 12);
  expect(average.least).toBeCloseTo((3 * (sum - 1) + 1) / sum, 12);
});
