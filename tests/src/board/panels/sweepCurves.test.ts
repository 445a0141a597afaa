import { describe, expect, it } from "vitest";
import type { Spec } from "../../../../src/board/inlineData.js";
import { intermediateValues } from "../../../../src/board/panels/sweepCurves.js";
import type { SweepData } from "../../../../src/board/sweepData.js";
import { sweepInStates } from "../exampleRuns.js";
import { panelStyle } from "../panelStyle.js";

function drawn(sweep: SweepData): { legend: unknown; ends: string[] } {
  const spec = intermediateValues(sweep, panelStyle) as Spec;
  const legend = (spec.encoding as { color: { scale: { domain: string[] } } }).color.scale.domain;
  const ends = rowsOf(spec)
    .filter((row) => row[4] === 1)
    .map((row) => `${row[0]} ${legend[row[3]]}`);
  return { legend, ends: ends.sort() };
}

function rowsOf(spec: Spec): [number, number, number, number, number][] {
  const [, ...lines] = String((spec.data as { values: string }).values).split("\n");
  return lines.map((line) => line.split(",").map(Number) as [number, number, number, number, number]);
}

function diverging<T extends { readonly intermediate: readonly (readonly [number, number])[] }>(trial: T): T {
  return { ...trial, intermediate: [...trial.intermediate, [4, Number.NaN], [5, Number.POSITIVE_INFINITY]] };
}

describe("intermediateValues", () => {
  it("names the states there are, and signs the end of each curve that is not complete", () => {
    expect(drawn(sweepInStates())).toEqual({
      legend: ["best", "complete", "pruned", "failed", "interrupted", "running"],
      ends: ["2 pruned", "3 failed", "4 interrupted", "5 running"],
    });
    expect(drawn(sweepInStates(["interrupted", "interrupted"]))).toEqual({
      legend: ["interrupted"],
      ends: ["0 interrupted", "1 interrupted"],
    });
    expect(drawn(sweepInStates(["complete"]))).toEqual({ legend: ["best"], ends: [] });
  });

  it("signs a trial that diverged where its curve ends", () => {
    const { trials, ...sweep } = sweepInStates(["failed", "pruned"]);
    const diverged = { ...sweep, trials: trials.map(diverging) };
    const ends = rowsOf(intermediateValues(diverged, panelStyle) as Spec).filter((row) => row[4] === 1);
    expect(ends.map(([number, step]) => [number, step]).sort()).toEqual([
      [0, 3],
      [1, 3],
    ]);
  });

  it("is left out where no trial reported a finite number", () => {
    const { trials, ...sweep } = sweepInStates(["running"]);
    const without = (intermediate: (typeof trials)[number]["intermediate"]) => ({
      ...sweep,
      trials: trials.map((trial) => ({ ...trial, intermediate })),
    });
    expect(intermediateValues(without([]), panelStyle)).toBeUndefined();
    expect(intermediateValues(without([[1, Number.NaN]]), panelStyle)).toBeUndefined();
  });
});
