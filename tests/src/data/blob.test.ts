import { expect, it } from "vitest";
import { blob } from "../../../src/data/blob.js";

/** Coordinates of a class's points in all parts. */
function coordinates(set: ReturnType<typeof blob>, label: number, axis: number): number[] {
  const width = set.inputShape[0] as number;
  return [set.train, set.validation, set.test].flatMap((part) =>
    part
      ? Array.from(part.y.keys()).flatMap((i) =>
          part.y[i] === label ? [part.x[i * width + axis] as number] : [],
        )
      : [],
  );
}

function moments(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    mean,
    deviation: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length),
  };
}

it("draws normal clouds of the deviation around the centres, as many points of each", () => {
  const centers = [
    [0, 5, -1],
    [2, 0, 0],
  ];
  const set = blob({ centers, std: 0.5, samples: 20_000, seed: 1 });
  expect([set.classes, set.inputShape]).toEqual([2, [3]]);
  centers.forEach((center, label) => {
    center.forEach((at, axis) => {
      const values = coordinates(set, label, axis);
      expect(values.length).toBe(10_000);
      const { mean, deviation } = moments(values);
      // Five standard errors.
      expect(Math.abs(mean - at)).toBeLessThan(0.025);
      expect(Math.abs(deviation - 0.5)).toBeLessThan(0.018);
    });
  });
});

it("is a triangle around 0 by default: 700 to train and 300 to validate with", () => {
  const set = blob();
  expect([set.train.size, set.validation?.size, set.classes]).toEqual([700, 300, 3]);
  for (const axis of [0, 1]) {
    const all = [0, 1, 2].flatMap((label) => coordinates(set, label, axis));
    expect(Math.abs(moments(all).mean)).toBeLessThan(0.05);
  }
  expect([0, 1, 2].map((label) => coordinates(set, label, 0).length)).toEqual([334, 333, 333]);
});

it("is the same for the same seed alone", () => {
  expect([...blob({ seed: 3 }).train.x]).toEqual([...blob({ seed: 3 }).train.x]);
  expect([...blob({ seed: 3 }).train.x]).not.toEqual([...blob({ seed: 4 }).train.x]);
});

it.each([
  [{ centers: [[0, 0]] }, "data.blob needs at least two centers; it was given 1"],
  [{ centers: [[0, 0], [1]] }, "it was given [1] beside [0,0]"],
  [{ centers: [[0], [Number.NaN]] }, "all finite; it was given [null] beside [0]"],
  [{ std: -0.1 }, "data.blob needs a std of at least 0; it was given -0.1"],
  [{ samples: 5 }, "at least two for each of 3 classes; it was given 5"],
])("refuses %j", (options, message) => {
  expect(() => blob(options)).toThrow(message);
});
