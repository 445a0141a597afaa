import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { random } from "../../../../src/base/random.js";
import { contains, type Distribution } from "../../../../src/sweep/distribution.js";
import { NumericDimension, ParzenEstimator } from "../../../../src/sweep/samplers/parzen.js";
import { betterCount } from "../../../../src/sweep/samplers/tpe.js";
import { normalizeSpace, type Parameters, space } from "../../../../src/sweep/space.js";

interface Case {
  observations: Parameters[];
  weights: number[];
  kernels: Record<string, { mu: number[]; sigma: number[] }>;
  points: Parameters[];
  logPdf: number[];
}
const oracle = JSON.parse(
  readFileSync(new URL("../../../oracles/sweep/parzen.json", import.meta.url), "utf8"),
) as { gamma: [number, number][]; cases: Case[] };

const distributions = new Map<string, Distribution>(
  Object.entries(
    normalizeSpace({
      lr: space.log(1e-5, 1),
      drop: space.float(0, 0.9),
      momentum: space.float(0, 1, { step: 0.005 }),
      units: space.int(16, 512, { log: true }),
      layers: space.int(1, 401, { step: 2 }),
      activation: ["relu", "tanh", "swish"],
    }),
  ),
);

test.each(oracle.cases.map((c) => [c.observations.length, c] as const))(
  "weights, widths and log densities of %d observations equal Optuna's",
  (_, { observations, weights, kernels, points, logPdf }) => {
    const estimator = new ParzenEstimator(distributions, observations);
    expect(estimator.weights.length).toBe(weights.length);
    estimator.weights.forEach((weight, i) => {
      expect(weight).toBeCloseTo(weights[i] as number, 13);
    });
    for (const [name, { mu, sigma }] of Object.entries(kernels)) {
      const distribution = distributions.get(name);
      if (!distribution || distribution.kind === "categorical") throw new Error("numeric expected");
      const dimension = new NumericDimension(
        distribution,
        observations.map((o) => o[name] as number),
      );
      dimension.mus.forEach((value, i) => {
        expect(value).toBeCloseTo(mu[i] as number, 12);
      });
      dimension.sigmas.forEach((value, i) => {
        expect(value).toBeCloseTo(sigma[i] as number, 11);
      });
    }
    points.forEach((point, i) => {
      expect(Math.abs(estimator.logPdf(point) - (logPdf[i] as number))).toBeLessThan(1e-9);
    });
  },
);

test.each(oracle.gamma)("of %d trials %d count as better, as in Optuna", (count, better) => {
  expect(betterCount(count)).toBe(better);
});

test("draws follow the density: shares of cells match its integral", () => {
  const observations = [{ layers: 3 }, { layers: 3 }, { layers: 9 }];
  const layersOnly = normalizeSpace({ layers: space.int(1, 9, { step: 2 }) });
  const one = new Map(Object.entries(layersOnly));
  const estimator = new ParzenEstimator(one, observations);
  const chance = random(5);
  const counts = new Map<unknown, number>();
  const draws = 20_000;
  for (let i = 0; i < draws; i++) {
    const { layers } = estimator.sample(chance);
    expect(contains(layersOnly.layers as Distribution, layers)).toBe(true);
    counts.set(layers, (counts.get(layers) ?? 0) + 1);
  }
  for (const layers of [1, 3, 5, 7, 9]) {
    const p = Math.exp(estimator.logPdf({ layers }));
    // Four standard deviations of a binomial share.
    expect(Math.abs((counts.get(layers) ?? 0) / draws - p)).toBeLessThan(
      4 * Math.sqrt((p * (1 - p)) / draws),
    );
  }
});
