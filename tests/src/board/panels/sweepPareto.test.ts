import { describe, expect, it } from "vitest";
import type { Spec } from "../../../../src/board/inlineData.js";
import { boardSettings } from "../../../../src/board/options.js";
import { paretoChart } from "../../../../src/board/panels/sweepPareto.js";
import { boardSpec } from "../../../../src/board/spec.js";
import type { SweepData } from "../../../../src/board/sweepData.js";
import { exampleSweep } from "../exampleRuns.js";
import { panelStyle } from "../panelStyle.js";
import { schemaErrors } from "../vegaLiteSchema.js";

/** Complete trials with the values that their number gives. */
function sweepOf(count: number, values: (number: number) => { value: number; second: number }): SweepData {
  const { trials, ...sweep } = exampleSweep(count);
  return {
    ...sweep,
    direction: "maximize",
    second: { title: "parameters", direction: "minimize" },
    trials: trials.map((trial) => ({ ...trial, state: "complete", ...values(trial.number) })),
  };
}

const equal = (count: number) => sweepOf(count, () => ({ value: 1, second: 500 }));
/** None beats another in both. */
const rising = (count: number) => sweepOf(count, (number) => ({ value: number, second: 100 + number }));

const rowsOf = (layer: Spec) =>
  (layer.data as { values: string }).values
    .split("\n")
    .slice(1)
    .map((row) => row.split(",").map(Number));

/** The layers, in order: where there are any those that another beats, the border, those of the front. */
function layersOf(sweep: SweepData) {
  const spec = paretoChart(sweep, panelStyle) as Spec;
  const { subtitle } = spec.title as { subtitle: string[] };
  const layers = spec.layer as Spec[];
  const [border, front] = layers.slice(-2) as [Spec, Spec];
  return { subtitle, beaten: layers.slice(0, -2), border, front };
}

describe("paretoChart", () => {
  it("draws equal trials of the front as one point, which says how many they are", () => {
    const { subtitle, border, front } = layersOf(equal(5000));
    expect(subtitle[0]).toBe("5000 of 5000 complete trials are on it");
    expect(rowsOf(front)).toEqual([[0, 500, 1]]);
    expect(rowsOf(border)).toEqual([[500, 1]]);
    expect(JSON.stringify(front)).toContain("trial 0 and 4,999 equal ones");
  });

  it("of a long front draws as many places as the style has points, both ends among them, and says so", () => {
    const { subtitle, border, front } = layersOf(rising(1000));
    expect(subtitle).toEqual([
      "1000 of 1000 complete trials are on it",
      "10 of their 1000 places are drawn, evenly spread",
    ]);
    const drawn = rowsOf(front);
    expect(drawn).toHaveLength(panelStyle.points);
    expect(drawn[0]).toEqual([0, 100, 0]);
    expect(drawn.at(-1)).toEqual([9, 1099, 999]);
    expect(rowsOf(border)).toEqual(drawn.map(([, ...place]) => place));
  });

  it("draws a short front whole, and says nothing of it", () => {
    const { subtitle, front } = layersOf(rising(10));
    expect(subtitle).toEqual(["10 of 10 complete trials are on it"]);
    expect(rowsOf(front)).toHaveLength(10);
  });

  it("has marks of trials off the front where there are any", () => {
    expect(layersOf(rising(10)).beaten).toEqual([]);
    const some = sweepOf(3, (number) => ({ value: number === 2 ? 0 : number, second: 100 + number }));
    expect(layersOf(some).beaten.map(rowsOf)).toEqual([[[0, 102, 0]]]);
  });

  it.each([
    ["equal", equal(5000)],
    ["on one front", rising(5000)],
  ])("leaves a board of 5,000 trials that are %s all its charts", (_, sweep) => {
    const spec = boardSpec({ runs: [], sweeps: [sweep] }, boardSettings());
    const text = JSON.stringify(spec);
    expect(text.length).toBeLessThanOrEqual(400_000);
    expect(text).toContain('"text":"Pareto front"');
    expect(text).not.toContain("more charts");
    expect(schemaErrors(spec)).toEqual([]);
  });
});
