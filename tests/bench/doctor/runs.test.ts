import { expect, it } from "vitest";
import { datasetOf } from "../../../bench/doctor/data/datasetOf.mjs";
import { nearestScore } from "../../../bench/doctor/data/nearest.mjs";
import { buildNet } from "../../../bench/doctor/nets/buildNet.mjs";
import { problems } from "../../../bench/doctor/problems.mjs";
import { generated } from "../../../bench/doctor/runs/generated.mjs";
import { runs } from "../../../bench/doctor/runs/runs.mjs";
import { problems as verdicts } from "../../../src/doctor/verdict.js";

it("has the 67 runs, 17 of them healthy, whose problems the doctor has names for", () => {
  expect(new Set(runs.map(({ id }) => id)).size).toBe(67);
  expect(runs.filter(({ must }) => must.length === 0).map(({ family }) => family)).toEqual(
    Array(17).fill("H"),
  );
  const known = Object.keys(problems);
  for (const { id, must, may } of runs)
    for (const problem of [...must, ...may]) expect(known, id).toContain(problem);
  for (const names of Object.values(problems)) for (const name of names) expect(verdicts).toContain(name);
  // Each of the 17 is what some run must be found to have.
  expect(new Set(runs.flatMap(({ must }) => must))).toEqual(new Set(known));
});

const points = { of: "blob", rows: 300, validation: 99 };
const countsOf = (y: ArrayLike<number>) =>
  [0, 1, 2].map((k) => Array.from(y).filter((label) => label === k).length);

it("gives the same data for the same seed", async () => {
  const spec = { ...points, labels: { kind: "random", share: 0.4 } };
  const [first, again, other] = [
    await datasetOf(spec, 3),
    await datasetOf(spec, 3),
    await datasetOf(spec, 4),
  ];
  expect(again.train.y).toEqual(first.train.y);
  expect(again.train.x).toEqual(first.train.x);
  expect(other.train.x).not.toEqual(first.train.x);
});

it("thins classes out in both parts", async () => {
  const plain = await datasetOf(points, 0);
  const { train, validation } = await datasetOf({ ...points, shares: [1, 1, 1 / 10] }, 0);
  const full = Math.min(...countsOf(plain.train.y).slice(0, 2));
  expect(countsOf(train.y)).toEqual([full, full, Math.round(full / 10)]);
  expect(countsOf(validation?.y ?? [])[2]).toBeLessThanOrEqual(4);
});

it("makes as many labels wrong as it says, in training alone", async () => {
  const plain = await datasetOf({ ...points, rows: 3000 }, 0);
  for (const [kind, share, wrong] of [
    ["flipped", 0.02, 0.02],
    ["paired", 0.35, 0.35],
    // A third of those drawn anew are right.
    ["random", 0.4, (0.4 * 2) / 3],
  ] as const) {
    const { train, validation } = await datasetOf({ ...points, rows: 3000, labels: { kind, share } }, 0);
    const changed =
      Array.from(train.y as Int32Array).filter((label, row) => label !== plain.train.y[row]).length /
      train.size;
    // Four deviations of so many draws.
    expect(Math.abs(changed - wrong), kind).toBeLessThan(4 * Math.sqrt((wrong * (1 - wrong)) / 3000));
    expect(validation?.y).toEqual(plain.validation?.y);
  }
});

it("copies so many rows of training into validation, and puts the label among the inputs", async () => {
  const { train, validation } = await datasetOf({ ...points, leak: 0.5 }, 0);
  const rowsOf = (x: Float32Array) =>
    Array.from({ length: x.length / 2 }, (_, row) => x.subarray(2 * row, 2 * row + 2).join());
  const known = new Set(rowsOf(train.x));
  expect(rowsOf(validation?.x ?? new Float32Array()).filter((row) => known.has(row))).toHaveLength(
    Math.round(99 / 2),
  );
  const labelled = await datasetOf({ ...points, label: true }, 0);
  expect(Array.from(labelled.train.y)).toEqual(
    Array.from(labelled.train.y, (_, row) => labelled.train.x[3 * row + 2]),
  );
});

it("starts all weights of a net as it says, and freezes layers", async () => {
  const data = { inputShape: [2], classes: 3 };
  const model = buildNet({ hidden: [4, 4], start: { all: 0.5 }, bias: -6, frozen: ["hidden_2"] }, data, 0);
  const [kernel, bias] = model.getLayer("hidden_1").getWeights();
  expect([...(kernel?.dataSync() ?? [])]).toEqual(Array(8).fill(0.5));
  expect([...(bias?.dataSync() ?? [])]).toEqual(Array(4).fill(-6));
  expect(model.trainableWeights).toHaveLength(4);
  expect(model.layers.map(({ name }) => name)).toEqual(["input", "hidden_1", "hidden_2", "output"]);
});

it("makes up the same healthy run for the same number", () => {
  expect(generated(17)).toEqual(generated(17));
  expect(new Set(Array.from({ length: 30 }, (_, i) => JSON.stringify(generated(i)))).size).toBe(30);
});

it("answers by the nearest neighbours", () => {
  const part = (x: number[], y: ArrayLike<number>) => ({ x: Float32Array.from(x), y, size: x.length });
  const train = part([0, 1, 2, 10, 11, 12], [0, 0, 0, 1, 1, 1]);
  const validation = part([1.5, 9, 11.5, 0.5], [0, 1, 0, 0]);
  expect(nearestScore({ train, validation, classes: 2 } as never, 3)).toBe(0.75);
  // Two means of 0, two of 1; targets' mean is 0.25: 1 − 1 / (3 · 0.25² + 0.75²).
  expect(nearestScore({ train, validation, classes: undefined } as never, 3)).toBeCloseTo(1 - 1 / 0.75, 12);
});
