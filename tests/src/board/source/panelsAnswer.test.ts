import { expect, it } from "vitest";
import { boardSettings } from "../../../../src/board/options.js";
import { labelled } from "../../../../src/board/series.js";
import { panelsAnswer } from "../../../../src/board/source/panelsAnswer.js";
import { exampleRun, series } from "../exampleRuns.js";

const runs = labelled(
  [1e-4, 1e-3, 1e-2, 1e-1].map((lr, i) =>
    exampleRun(`run-${i}`, { "epoch/valAccuracy": series([0.5, 0.6 + i / 10]) }, {}, { config: { lr } }),
  ),
);
const answered = (options: Parameters<typeof boardSettings>[0], names = runs.map(({ label }) => label)) =>
  panelsAnswer({ runs, sweeps: [] }, { settings: boardSettings(options), runs: names, width: 1000 }).map(
    ({ title }) => title,
  );

it("weighs runs by a metric that the page draws itself", () => {
  expect(answered({ kind: "hparams" })).toContain("parameters of runs");
  expect(answered({ kind: ["scalars", "hparams"] })).toContain("parameters of runs");
  expect(answered({ kind: "hparams" }, ["run-0"])).toEqual([]);
  expect(answered({ kind: "hparams", tags: "loss" })).toEqual([]);
});

it("leaves plain scalars to the page", () => {
  expect(answered({ kind: "scalars" })).toEqual([]);
});
