import { expect, it } from "vitest";
import { boardSettings } from "../../../../src/board/options.js";
import { type BoardRun, labelled } from "../../../../src/board/series.js";
import { panelsAnswer } from "../../../../src/board/source/panelsAnswer.js";
import { exampleRun, series } from "../exampleRuns.js";

const runs = labelled(
  [1e-4, 1e-3, 1e-2, 1e-1].map((lr, i) =>
    exampleRun(`run-${i}`, { "epoch/valAccuracy": series([0.5, 0.6 + i / 10]) }, {}, { config: { lr } }),
  ),
);
/** The charts of one kind, with all that a page is sent for them. */
const answerOf = (given: readonly BoardRun[]) =>
  panelsAnswer(
    { runs: given, sweeps: [] },
    { settings: boardSettings({ kind: "evaluation" }), runs: given.map(({ label }) => label), width: 1000 },
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

it("stays small for PR curves of many runs that were recorded at steps of their own", () => {
  const points = Array.from({ length: 201 }, (_, i) => [i / 200, 1 - (i / 200) ** 2 / 3] as const);
  const curved = labelled(Array.from({ length: 20 }, (_, r) => exampleRun(`run-${r}`, {}))).map((run, r) => ({
    ...run,
    media: {
      texts: new Map(),
      images: new Map(),
      prCurves: new Map(
        Array.from({ length: 10 }, (_, tag) => {
          const shown = Array.from({ length: 16 }, (_, i) => ({
            step: 1000 * (15 - i) + r,
            points,
            thresholds: 201,
            averagePrecision: 0.8,
          }));
          return [`class ${tag}`, { shown, count: 16 }] as const;
        }),
      ),
    },
  }));
  const [section] = answerOf(curved);
  expect(JSON.stringify(section).length).toBeLessThan(15_000_000);
  const steps = section?.steps?.[0];
  expect([steps?.steps[0], steps?.steps.at(-1), steps?.of]).toEqual([0, 15_019, 320]);
  const [alone] = answerOf(curved.slice(0, 1));
  expect(alone?.steps?.map((one) => one?.steps.length)).toEqual(Array.from({ length: 10 }, () => 16));
});
