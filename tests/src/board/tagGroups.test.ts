import { describe, expect, it } from "vitest";
import { layerTags } from "../../../src/board/layers.js";
import { labelled } from "../../../src/board/series.js";
import { groupScalars, prefixOf, restOf } from "../../../src/board/tagGroups.js";
import { exampleRun, series, trainingRun } from "./exampleRuns.js";

const runWith = (...names: string[]) =>
  labelled([exampleRun("r", Object.fromEntries(names.map((name) => [name, series([1])])))]);

describe("groupScalars", () => {
  it("puts epoch and train first, layers elsewhere, validation beside training", () => {
    const groups = groupScalars(
      runWith(
        "zeta",
        "train/loss",
        "aux/val_f1",
        "aux/f1",
        "epoch/valLoss",
        "epoch/loss",
        "updateRatio/a/kernel",
      ),
    );
    expect(groups.map(({ group, charts }) => [group, charts.map((chart) => chart.tags)])).toEqual([
      ["epoch", [["epoch/loss", "epoch/valLoss"]]],
      ["train", [["train/loss"]]],
      ["aux", [["aux/f1", "aux/val_f1"]]],
      ["scalars", [["zeta"]]],
    ]);
  });

  it("leaves a validation series alone that has no training series, and words that only begin with val", () => {
    const [group] = groupScalars(runWith("epoch/valLoss", "epoch/value", "epoch/ue"));
    expect(group?.charts.map((chart) => chart.tags)).toEqual([
      ["epoch/valLoss"],
      ["epoch/value"],
      ["epoch/ue"],
    ]);
  });

  it("splits at the first slash only", () => {
    expect([prefixOf("a/b/c"), restOf("a/b/c"), prefixOf("/x"), prefixOf("x")]).toEqual([
      "a",
      "b/c",
      "scalars",
      "scalars",
    ]);
  });
});

describe("layerTags", () => {
  it("follow the model's depth, a layer's kernel standing for it", () => {
    const run = trainingRun("r", { decay: 0.5, layers: 12, epochs: 1 });
    const shuffled = [...run.scalars.keys()].sort();
    expect(layerTags(run, "gradientMeanAbs", shuffled).map((layer) => layer.label)).toEqual([
      ...Array.from({ length: 11 }, (_, i) => `dense_${i + 1}`),
      "output",
    ]);
  });

  it("without a model keep the order of logging, and name weights where a layer has no kernel", () => {
    const run = exampleRun("r", {});
    const names = [
      "gradientMeanAbs/b/gamma",
      "gradientMeanAbs/b/beta",
      "gradientMeanAbs/a/kernel",
      "gradientMeanAbs/a/bias",
    ];
    expect(layerTags(run, "gradientMeanAbs", names).map((layer) => layer.label)).toEqual([
      "b/gamma",
      "b/beta",
      "a",
    ]);
  });
});
