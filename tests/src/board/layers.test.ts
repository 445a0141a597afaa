import { describe, expect, it } from "vitest";
import { layerTags } from "../../../src/board/layers.js";
import { exampleRun, normalHistogram, series } from "./exampleRuns.js";

const point = (step: number) => ({ step, wallTime: 0, histogram: normalHistogram(0, 1) });
const model = {
  parameters: 2,
  layers: ["first", "second"].map((name) => ({
    name,
    kind: "Dense",
    trainable: true,
    parameters: 1,
    weights: [`${name}/kernel`, `${name}/bias`],
  })),
};
const run = exampleRun("a", { loss: series([1]) }, { weights: [point(0)] }, { model });

describe("layerTags", () => {
  it("are in the model's order, those that it does not know last; a kernel stands for its layer", () => {
    const names = ["g/other", "g/second/bias", "g/second/kernel", "g/first/bias", "h/first/kernel"];
    expect(layerTags(run, "g", names)).toEqual([
      { tag: "g/first/bias", label: "first" },
      { tag: "g/second/kernel", label: "second" },
      { tag: "g/other", label: "other" },
    ]);
  });

  it("are whole tags where they have no prefix", () => {
    expect(layerTags(run, "scalars", ["weights", "/odd", "g/x"])).toEqual([
      { tag: "weights", label: "weights" },
      { tag: "/odd", label: "/odd" },
    ]);
  });
});
