import { describe, expect, it } from "vitest";
import { nearestAccuracy } from "../../../src/fix/nearest.js";
import { data } from "../../../src/index.js";

describe("nearestAccuracy", () => {
  it("is high where points of a class lie together, and that of guessing where labels are shuffled", () => {
    const circle = data.circle({ samples: 600, factor: 0.5, noise: 0.1, validation: 200, seed: 3 });
    const found = nearestAccuracy(circle) as number;
    expect(found).toBeGreaterThan(0.95);
    expect(nearestAccuracy(circle)).toBe(found);
    const { train } = circle;
    // Every second label turned by a rule that the inputs do not know.
    const y = train.y.map((label, row) => ((row * 7919) % 13 < 6 ? 1 - label : label)) as Int32Array;
    const shuffled = nearestAccuracy({ ...circle, train: { ...train, y } }) as number;
    expect(Math.abs(shuffled - 0.5)).toBeLessThan(0.25);
  });

  it("says nothing of a regression, nor of few rows", () => {
    const x = Array.from({ length: 40 }, (_, i) => [i]);
    const y = x.map(([value]) => value! / 2);
    expect(nearestAccuracy(data.arrays({ x, y, task: "regression", validation: 0.5 }))).toBeUndefined();
    expect(nearestAccuracy(data.arrays({ x, y: x.map((_, i) => i % 2), validation: 0.25 }))).toBeUndefined();
    expect(nearestAccuracy(data.arrays({ x, y: x.map((_, i) => i % 2) }))).toBeUndefined();
  });
});
