import { describe, expect, it } from "vitest";
import { distributions } from "../../../../src/board/panels/distributions.js";
import { histograms } from "../../../../src/board/panels/histograms.js";
import { labelled } from "../../../../src/board/series.js";
import { exampleRun, normalHistogram } from "../exampleRuns.js";
import { panelStyle } from "../panelStyle.js";

const point = { step: 0, wallTime: 1_760_000_000, histogram: normalHistogram(0, 1) };
const runs = labelled([exampleRun("a", {}, { weights: [point], "layer/kernel": [point] })]);

describe("histograms without a prefix", () => {
  it("stand under histograms, and are not called scalars", () => {
    expect(histograms(runs, panelStyle).map(({ title }) => title)).toEqual([
      "histograms of a, newest step in front",
      "layer of a, newest step in front",
    ]);
    expect(distributions(runs, panelStyle).map(({ title }) => title.split(":")[0])).toEqual([
      "histograms of a",
      "layer of a",
    ]);
  });
});
