import { describe, expect, it } from "vitest";
import {
  linearScale,
  linearTicks,
  logScale,
  stepLabel,
  symmetricLogScale,
} from "../../../../src/board/web/scale.js";
import { xScale } from "../../../../src/board/web/xScale.js";
import { yAxisScale } from "../../../../src/board/web/yAxisScale.js";

const labels = ({ ticks }: { ticks: readonly { label: string }[] }) => ticks.map(({ label }) => label);

describe("scales", () => {
  it("place the ends of their domain at 0 and 1, and find values by their places", () => {
    for (const [scale, domain] of [
      [linearScale([-3, 5], 5), [-3, 5]],
      [
        linearScale([-Number.MAX_VALUE / 2, Number.MAX_VALUE / 2], 5),
        [-Number.MAX_VALUE / 2, Number.MAX_VALUE / 2],
      ],
      [logScale([1e-8, 1e4], []), [1e-8, 1e4]],
      [symmetricLogScale([-1e3, 1e6], 0.1, []), [-1e3, 1e6]],
    ] as const) {
      expect(scale.place(domain[0])).toBeCloseTo(0, 12);
      expect(scale.place(domain[1])).toBeCloseTo(1, 12);
      const middle = scale.value(0.3);
      expect(scale.place(middle)).toBeCloseTo(0.3, 12);
      expect(middle).toBeGreaterThan(domain[0]);
    }
  });

  it("have no place for what is no number", () => {
    expect(linearScale([0, 1], 5).place(Number.NaN)).toBeNaN();
    expect(logScale([1, 10], []).place(-1)).toBeNaN();
  });

  it("tick at round numbers within the domain, told apart by their labels", () => {
    expect(linearTicks(0, 959, 5)).toEqual([0, 200, 400, 600, 800]);
    expect(labels(linearScale([0.08, 0.22], 5))).toEqual(["0.10", "0.15", "0.20"]);
    const near = labels(yAxisScale([0.001, 0.001 * (1 + 1e-9)], "auto", 4));
    expect(near.length).toBeGreaterThan(2);
    expect(new Set(near).size).toBe(near.length);
    expect(labels(linearScale([0, 1e-4], 4))).toEqual(["0", "5e-5", "1e-4"]);
    expect(new Set(labels(linearScale([1e300, 1.5e300], 5))).size).toBeGreaterThan(3);
    expect(labels(linearScale([999.999, 1000.001], 2))).toEqual(["999.999", "1000.000", "1000.001"]);
  });

  it("name steps as people write them", () => {
    expect([0, 500, 1500, 20e6, 3e9].map(stepLabel)).toEqual(["0", "500", "1.5k", "20M", "3G"]);
  });
});

describe("xScale", () => {
  it("ticks at whole steps only, also of one point", () => {
    const one = xScale("step", { domain: [7, 7], step: "epoch", ticks: 5, pixels: 400 });
    expect(labels(one.scale)).toEqual(["6", "7", "8"]);
    expect(one.title).toBe("epoch");
    expect(one.scale.place(7)).toBeCloseTo(0.5, 12);
  });

  it("says the unit of time", () => {
    const title = (seconds: number) =>
      xScale("relative", { domain: [0, seconds], step: "step", ticks: 5, pixels: 400 }).title;
    expect([60, 600, 36_000].map(title)).toEqual([
      "seconds since start",
      "minutes since start",
      "hours since start",
    ]);
    const start = Date.UTC(2026, 0, 1, 23, 30);
    const clock = xScale("wall", { domain: [start, start + 3600e3], step: "step", ticks: 4, pixels: 400 });
    expect([clock.title, ...labels(clock.scale)]).toEqual(
      ["time (UTC)", "23:30", "23:45", "01-02", "00:15", "00:30"].slice(0, 6),
    );
  });
});

describe("a clock", () => {
  it("has no more ticks than fit, from a thousandth of a second to times that no calendar knows", () => {
    for (const span of [1, 1e3, 86_400e3, 40 * 365 * 86_400e3, 1e17, 1e20, 1e300]) {
      const { scale } = xScale("wall", { domain: [0, span], step: "step", ticks: 5, pixels: 400 });
      expect(scale.ticks.length).toBeGreaterThan(0);
      expect(scale.ticks.length).toBeLessThanOrEqual(6);
    }
  });
});

describe("a clock in little room", () => {
  const spans = [
    20,
    3e3,
    45e3,
    7 * 60e3,
    3 * 3600e3,
    30 * 3600e3,
    12 * 86_400e3,
    55 * 86_400e3,
    900 * 86_400e3,
  ];
  it("keeps its labels apart, and has one at least", () => {
    for (const span of spans)
      for (const pixels of [130, 180, 260, 330])
        for (const offset of [0, 0.13, 0.5, 0.77]) {
          const start = Date.UTC(2026, 4, 17, 9, 13, 7) + offset * span;
          const ticks = Math.max(2, Math.round((pixels + 62) / 55));
          const { scale } = xScale("wall", { domain: [start, start + span], step: "step", ticks, pixels });
          expect(scale.ticks.length).toBeGreaterThan(0);
          for (const [i, { at, label }] of scale.ticks.entries()) {
            const next = scale.ticks[i + 1];
            if (!next) break;
            // Of 11 px system fonts a digit has 6.1 to 6.4 pixels.
            const half = (6.4 * (label.length + next.label.length)) / 2;
            expect((next.at - at) * pixels, `${label} ${next.label}`).toBeGreaterThan(half);
          }
        }
  });
});

describe("yAxisScale", () => {
  it("has an axis without values where nothing is finite", () => {
    expect(labels(yAxisScale([Number.NaN], "auto", 5))).toEqual([]);
  });

  it("is logarithmic around zero where a logarithm is asked for and values are negative", () => {
    const scale = yAxisScale([-10, -1, 0, 100], "log", 5);
    const places = [-10, -1, 0, 100].map((value) => scale.place(value));
    expect(places.every(Number.isFinite)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });
});
