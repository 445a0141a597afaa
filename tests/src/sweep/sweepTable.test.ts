import { expect, test } from "vitest";
import { finalBundle, headlineBundle, liveBundle, type TableInput } from "../../../src/sweep/sweepTable.js";
import type { TrialRecord } from "../../../src/sweep/trialRecord.js";

const trial = (number: number, more: Partial<TrialRecord> = {}): TrialRecord => ({
  number,
  state: "complete",
  attempt: 1,
  proposal: {},
  params: { lr: 0.0058088797345107225, weightDecay: 0.000007862416525455101, activation: "relu" },
  distributions: {},
  value: 0.96880000233,
  intermediate: [
    [1, 0.9],
    [4, 0.96880000233],
  ],
  start: 1000,
  end: 1012.34,
  worker: 0,
  ...more,
});

const input: TableInput = {
  name: "mlp",
  direction: "maximize",
  metric: "valAccuracy",
  trials: [
    trial(0),
    trial(1, {
      state: "pruned",
      value: 0.82519999742,
      params: { lr: 0.0279, activation: "sigmoid" },
      worker: 1,
    }),
    trial(2, { state: "failed", value: Number.NaN, intermediate: [], error: 'Error: "<no>"', end: 1075 }),
  ],
  limit: 3,
  now: 1100,
  since: 1000,
  finishedBefore: 0,
  parallel: 2,
  waited: 0,
  endReason: "trials",
};

test("writes numbers as people do, in columns that end together", () => {
  const text = String(finalBundle(input)["text/plain"]);
  expect(text.split("\n")).toEqual([
    "mlp: 3 of 3 trials, 1 pruned, 1 failed · best valAccuracy 0.9688 (#0) · ended after 1:40: all trials are done",
    "#  state   valAccuracy  step        lr  weightDecay  activation    time  worker",
    "─  ──────  ───────────  ────  ────────  ───────────  ──────────  ──────  ──────",
    "0  best         0.9688     4  0.005809     7.862e-6  relu        12.3 s       0",
    "1  pruned       0.8252     4    0.0279               sigmoid     12.3 s       1",
    "2  failed                     0.005809     7.862e-6  relu          1:15       0",
    'trial 2 failed: Error: "<no>"',
  ]);
});

test("counts one trial as one", () => {
  const one = { ...input, trials: [trial(0)], limit: 1 };
  expect(liveBundle(one)["text/plain"]).toMatch(/^mlp: 1 of 1 trial ·/);
  expect(liveBundle({ ...one, limit: Number.POSITIVE_INFINITY })["text/plain"]).toMatch(/^mlp: 1 trial ·/);
});

test("says below the table why the first failed trial failed, as text and not as markup", () => {
  const failed = (number: number, error: string) =>
    trial(number, { state: "failed", value: Number.NaN, error });
  const trials = [trial(0), failed(1, "Error: <b>my trial bug</b>\n    at train"), failed(2, "later")];
  const bundle = finalBundle({ ...input, trials });
  expect(String(bundle["text/plain"]).split("\n").at(-1)).toBe("trial 1 failed: Error: <b>my trial bug</b>");
  expect(bundle["text/html"]).toContain("<p>trial 1 failed: Error: &lt;b&gt;my trial bug&lt;/b&gt;</p>");
});

test("has the same numbers in HTML, live and at the end, the best row bold and a failure's reason at hand", () => {
  const html = String(finalBundle(input)["text/html"]);
  expect(html).toBe(liveBundle(input)["text/html"]);
  for (const number of ["0.9688", "0.8252", "0.005809", "7.862e-6"])
    expect(html).toContain(`>${number}</td>`);
  expect(html).toMatch(/<tr style="font-weight:bold"><td[^>]*>0</);
  expect(html).toContain('title="Error: &quot;&lt;no&gt;&quot;"');
});

test("says under the headline, in one line, why the first of the failed trials did", () => {
  const failed = { state: "failed", value: Number.NaN, intermediate: [] } as const;
  const error = "Error: no <data>\n    at objective (objective.ts:3:9)";
  const trials = [trial(0), trial(1, { ...failed, error }), trial(2, { ...failed, error: "Error: later" })];
  const text = String(headlineBundle({ ...input, trials })["text/plain"]);
  expect(text.split("\n").slice(1)).toEqual(["trial 1 failed: Error: no <data>"]);
  expect(headlineBundle({ ...input, trials: [trial(0)] })["text/plain"]).not.toContain("\n");
});

test("leaves it to the error that ended a sweep to say why, which would be said twice", () => {
  const error = 'MetricMissing: the objective must return or report valAcuracy. Did you mean "valAccuracy"?';
  const ended = {
    ...input,
    trials: [trial(0, { state: "failed", value: Number.NaN, error })],
    endReason: "failed",
  };
  for (const bundle of [headlineBundle(ended), finalBundle(ended)])
    expect(String(bundle["text/plain"])).not.toContain("Did you mean");
  expect(String(finalBundle(ended)["text/html"])).not.toContain("<p>trial 0");
  expect(String(finalBundle({ ...ended, endReason: "trials" })["text/html"])).toContain("<p>trial 0 failed");
});
