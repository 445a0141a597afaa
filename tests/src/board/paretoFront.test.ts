import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { paretoFront } from "../../../src/board/paretoFront.js";
import type { Direction } from "../../../src/sweep/trialRecord.js";

interface Case {
  readonly x: Direction;
  readonly y: Direction;
  readonly points: readonly (readonly [number, number])[];
  readonly front: readonly number[];
}

const cases: readonly Case[] = JSON.parse(
  readFileSync(new URL("../../oracles/board/pareto.json", import.meta.url), "utf8"),
);

describe("paretoFront", () => {
  it.each(cases.map((one) => [one.points.length, one.x, one.y, one] as const))(
    "of %i points, %s and %s, has those that NumPy found, by rising x",
    (_, x, y, { points, front }) => {
      const found = paretoFront(
        points.map(([px, py]) => ({ x: px, y: py })),
        { x, y },
      );
      expect([...found].sort((a, b) => a - b)).toEqual(front);
      const places = found.map((i) => (points[i] as readonly [number, number])[0]);
      expect(places).toEqual([...places].sort((a, b) => a - b));
    },
  );
});
