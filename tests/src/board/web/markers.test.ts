import { describe, expect, it } from "vitest";
import { markerPlaces } from "../../../../src/board/web/markers.js";

const line = {
  x: Float64Array.from({ length: 101 }, (_, i) => i),
  smoothed: Float64Array.from({ length: 101 }, (_, i) => (i === 50 ? Number.NaN : 0.5)),
};
const unit = (length: number) => ({
  place: (value: number) => value / length,
  value: (at: number) => at,
  ticks: [],
});
const scales = { x: unit(100), y: unit(1) };

describe("markerPlaces", () => {
  it("stand apart, on the line, and elsewhere on the next line", () => {
    const first = markerPlaces(line, scales, { width: 200, height: 100, turn: 0 });
    expect(first.map(([left]) => Math.round(left))).toEqual([0, 56, 112, 168]);
    expect(new Set(first.map(([, top]) => top))).toEqual(new Set([50]));
    const second = markerPlaces(line, scales, { width: 200, height: 100, turn: 1 });
    expect(second[0]?.[0]).toBeGreaterThan(20);
  });

  it("are left out where there is no value, and outside of the plot", () => {
    const broken = { ...line, smoothed: line.smoothed.map(() => Number.NaN) };
    expect(markerPlaces(broken, scales, { width: 200, height: 100, turn: 0 })).toEqual([]);
    const high = { ...line, smoothed: line.smoothed.map(() => 7) };
    expect(markerPlaces(high, scales, { width: 200, height: 100, turn: 0 })).toEqual([]);
  });
});
