import { describe, expect, it } from "vitest";
import { sweepSections } from "../../../src/board/panels/hparams.js";
import { parameterAxes, type SweepData } from "../../../src/board/sweepData.js";
import { panelStyle } from "./panelStyle.js";

function sweepOver(layers: readonly number[]): SweepData {
  return {
    name: "s",
    direction: "maximize",
    metric: "score",
    trials: layers.map((value, number) => ({
      number,
      state: "complete",
      params: { layers: value },
      value: number,
      intermediate: [],
    })),
    distributions: {},
  };
}

const labels = (sweep: SweepData) => parameterAxes(sweep)[0]?.ticks.map(({ label }) => label);

describe("an axis of whole numbers", () => {
  it("has no label between two of them", () => {
    expect(labels(sweepOver([1, 2]))).toEqual(["1", "2"]);
    expect(labels(sweepOver([1, 3, 2]))).toEqual(["1", "2", "3"]);
    expect(labels(sweepOver([1, 2.5]))).toEqual(["1", "1.8", "2.5"]);
  });

  it("nor a tick in its slice", () => {
    const slice = sweepSections(sweepOver([1, 2]), panelStyle).at(-1)?.cards[0];
    expect(slice?.encoding).toMatchObject({ x: { axis: { values: [1, 2] } } });
    const many = sweepSections(sweepOver([16, 64]), panelStyle).at(-1)?.cards[0];
    expect(many?.encoding).toMatchObject({ x: { axis: { tickMinStep: 1 } } });
  });
});
