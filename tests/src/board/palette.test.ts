import { describe, expect, it } from "vitest";
import { runColours } from "../../../src/board/palette.js";
import { markerOf } from "../../../src/board/web/markers.js";

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

/**
 * What dichromats see, on linear RGB: Machado, Oliveira, Fernandes, "A Physiologically-based Model for Simulation of Color
 * Vision Deficiency", IEEE TVCG 15(6), 2009, table 1, severity 1.
 */
const sights: Record<string, Matrix> = {
  all: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** sRGB's primaries under D65, IEC 61966-2-1. */
const toXyz: Matrix = [
  [0.4124564, 0.3575761, 0.1804375],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339, 0.119192, 0.9503041],
];
const white: Triple = [0.95047, 1, 1.08883];

function linear(colour: string): Triple {
  return [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Triple;
}

function times(matrix: Matrix, [a, b, c]: Triple): Triple {
  return matrix.map(([x, y, z]) => x * a + y * b + z * c) as unknown as Triple;
}

/** CIE 1976 L*a*b*. */
function lab(light: Triple): Triple {
  const [x, y, z] = times(toXyz, light).map((value, i) => {
    const share = value / (white[i] as number);
    return share > 216 / 24_389 ? Math.cbrt(share) : ((24_389 / 27) * share + 16) / 116;
  }) as unknown as Triple;
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function seen(colour: string, sight: Matrix): Triple {
  return lab(times(sight, linear(colour)).map((v) => Math.min(1, Math.max(0, v))) as unknown as Triple);
}

function distance(a: string, b: string, sight: Matrix): number {
  const [from, to] = [seen(a, sight), seen(b, sight)];
  return Math.hypot(...from.map((value, i) => value - (to[i] as number)));
}

/** CIE76's just noticeable difference is about 2.3 (Mahy, Van Eycken, Oosterlinck, 1994): this is five of them. */
const least = 11.5;
const four = 4;

describe("colours of runs", () => {
  it("are white and black where they should be, by the formulas of this test", () => {
    expect(lab(linear("#ffffff")).map((v) => Math.round(v * 100) / 100 + 0)).toEqual([100, 0, 0]);
    // Red in CIELAB under D65, as Bruce Lindbloom's calculator gives it.
    for (const [i, value] of [53.2408, 80.0925, 67.2032].entries())
      expect(lab(linear("#ff0000"))[i]).toBeCloseTo(value, 2);
    // Each sight leaves white white.
    for (const sight of Object.values(sights))
      for (const value of times(sight, [1, 1, 1])) expect(value).toBeCloseTo(1, 4);
  });

  it.each(Object.entries(sights))("differ within each four for %s, and where markers do not", (_, sight) => {
    const looks = Array.from({ length: 32 }, (_, i) => ({
      colour: runColours[i % runColours.length] as string,
      marker: markerOf(i),
    }));
    const near = looks.flatMap((a, i) =>
      looks
        .slice(i + 1)
        .filter((b) => a.marker === b.marker && distance(a.colour, b.colour, sight) < least)
        .map((b) => `${a.colour} and ${b.colour}`),
    );
    expect(near).toEqual([]);
    expect(new Set(looks.slice(0, four).map(({ marker }) => marker))).toEqual(new Set([""]));
    expect(new Set(looks.map(({ marker }) => marker)).size).toBe(8);
  });

  it("stand out on white and on a dark grey", () => {
    const light = (colour: string) => times(toXyz, linear(colour))[1];
    for (const colour of runColours) {
      expect(1.05 / (light(colour) + 0.05)).toBeGreaterThan(3);
      expect((light(colour) + 0.05) / (light("#333333") + 0.05)).toBeGreaterThan(3);
    }
  });
});
