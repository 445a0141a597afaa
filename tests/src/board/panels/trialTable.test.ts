import { expect, it } from "vitest";
import { boardSettings } from "../../../../src/board/options.js";
import { runsAsSweep } from "../../../../src/board/panels/runsAsSweep.js";
import { trialTable, trialTableSection } from "../../../../src/board/panels/trialTable.js";
import { labelled } from "../../../../src/board/series.js";
import { boardSpec } from "../../../../src/board/spec.js";
import { boardText } from "../../../../src/board/text.js";
import { exampleRun, exampleSweep, series, sweepInStates } from "../exampleRuns.js";
import { panelStyle } from "../panelStyle.js";
import { schemaErrors } from "../vegaLiteSchema.js";

const runs = labelled([
  exampleRun("slow", { "epoch/valLoss": series([3, 2]) }, {}, { config: { lr: 1e-4, wide: true } }),
  exampleRun("fast", { "epoch/valLoss": series([3, 1, 2]) }, {}, { config: { lr: 1e-2 } }),
  exampleRun("unjudged", { "train/loss": series([1]) }, {}, { config: { lr: 1 } }),
]);
const settings = boardSettings({ kind: "hparams" });

it("has a row a run with its metric and configuration, the best first", () => {
  const sweep = runsAsSweep(runs);
  if (!sweep) throw new Error("the runs share a metric");
  expect(trialTable(sweep, 10)).toEqual({
    header: ["run", "best valLoss", "duration", "lr", "wide"],
    seconds: ["duration"],
    rows: [
      ["fast", 1, 0.5, 0.01, undefined],
      ["slow", 2, 0.25, 0.0001, "true"],
    ],
  });
});

it("has trials without a value last, and says in which state they are", () => {
  const { header, rows } = trialTable(sweepInStates(["failed", "complete", "running", "complete"]), 10);
  expect(header).toEqual(["trial", "valAccuracy", "state", "lr", "units"]);
  expect(rows.map(([number, value, state]) => [number, value, state])).toEqual([
    [3, 0.73, "complete"],
    [1, 0.71, "complete"],
    [0, undefined, "failed"],
    [2, undefined, "running"],
  ]);
});

it("says how many it leaves out, of a chart's rows and columns", () => {
  const sweep = exampleSweep(40);
  const wide = sweep.trials.map((trial) => ({
    ...trial,
    params: Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`parameter number ${i}`, i])),
  }));
  const [section] = trialTableSection({ ...sweep, trials: wide }, panelStyle);
  expect(section?.title).toBe("table of trials of mnist-mlp");
  const title = section?.cards[0]?.title;
  expect((title as { subtitle?: string } | undefined)?.subtitle).toMatch(
    /^the best 12 of 40 trials; \d of 33 columns have room$/,
  );
  expect(section?.contents?.[0]).toMatchObject({ kind: "table", note: undefined });
});

it("stands in a terminal and in a chart, which Vega-Lite's schema allows", () => {
  const lines = boardText({ runs, sweeps: [] }, settings).split("\n");
  expect(lines[0]).toMatch(/^run +best valLoss +lr +wide$/);
  expect(lines[2]).toMatch(/^fast +1 +0\.01$/);
  expect(lines[3]).toMatch(/^slow +2 +1e-4 +true$/);
  const spec = boardSpec({ runs, sweeps: [] }, settings);
  expect(schemaErrors(spec)).toEqual([]);
  expect(JSON.stringify(spec)).toContain("table of runs");
});
