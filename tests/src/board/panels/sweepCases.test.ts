import { describe, expect, it } from "vitest";
import { boardSettings } from "../../../../src/board/options.js";
import { renderSvg } from "../../../../src/board/render/svg.js";
import { boardSpec } from "../../../../src/board/spec.js";
import type { SweepData, TrialPoint } from "../../../../src/board/sweepData.js";
import { exampleSweep } from "../exampleRuns.js";
import { schemaErrors } from "../vegaLiteSchema.js";

/** With times, workers, costs, importances and rungs, as a sweep read from its files. */
function whole(sweep: SweepData): SweepData {
  const trials = sweep.trials.map((trial): TrialPoint => {
    const start = 1_760_000_000 + Math.floor(trial.number / 3) * 40;
    return { ...trial, start, end: start + 30, worker: trial.number % 3, second: 30 + trial.number };
  });
  const decisions = trials.map(({ number, value, state }) => ({
    trial: number,
    rung: 1,
    value,
    cutoff: 0.5,
    stopped: state === "pruned",
  }));
  return {
    ...sweep,
    trials,
    second: { title: "duration (s)", direction: "minimize" },
    importances: { lr: 0.7, units: 0.2, activation: 0.1 },
    rungs: { rule: "asha, eta 3", decisions },
  };
}

const changed = (change: (trial: TrialPoint) => Partial<TrialPoint>, count = 12): SweepData => {
  const { trials, ...sweep } = exampleSweep(count);
  return { ...sweep, trials: trials.map((trial) => ({ ...trial, ...change(trial) })) };
};

const cases: Readonly<Record<string, SweepData>> = {
  "of no trial": exampleSweep(0),
  "of one trial": exampleSweep(1),
  "whose trials all failed": changed(() => ({ state: "failed", value: Number.NaN, intermediate: [] })),
  "whose trials were all pruned": changed(() => ({ state: "pruned" })),
  "with a constant objective": changed(() => ({ state: "complete", value: 0.5 })),
  "whose objective is NaN": changed(() => ({
    state: "failed",
    value: Number.NaN,
    intermediate: [[1, Number.NaN]],
  })),
  "of huge values": changed(({ number }) => ({
    state: "complete",
    value: number % 2 ? 1.7e308 : -1.7e308,
  })),
  "with parameters of some trials only": changed(({ number, params: { lr = 0, ...others } }) => {
    const branch = { ...others, momentum: number / 20, nesterov: number % 4 === 1 };
    return { params: number % 2 ? { lr, ...branch } : { lr } };
  }),
  "without parameters": changed(() => ({ params: {} })),
  "whose trials run": changed(() => ({ state: "running", value: Number.NaN })),
};

describe("the charts of a sweep", () => {
  it.each(Object.entries(cases))("%s are valid, and can be drawn", async (_, sweep) => {
    for (const interactive of [true, false]) {
      const spec = boardSpec({ runs: [], sweeps: [whole(sweep)] }, boardSettings(), { interactive });
      expect(schemaErrors(spec)).toEqual([]);
      const svg = await renderSvg(
        boardSpec({ runs: [], sweeps: [whole(sweep)] }, boardSettings(), { interactive: false }),
      );
      // Fonts may have any letters.
      expect(svg.replaceAll(/url\(data:[^)]*\)/g, "")).not.toMatch(/NaN|undefined/);
    }
  });

  it("of 1,000 trials and 8 parameters fit the limits, keep every chart, and say what they leave out", () => {
    const many = changed(
      ({ number, params }) => ({
        params: {
          ...params,
          ...Object.fromEntries(
            ["momentum", "decay", "warmup", "clip"].map((name, i) => [name, ((number * (i + 3)) % 97) / 97]),
          ),
        },
      }),
      1000,
    );
    const spec = boardSpec({ runs: [], sweeps: [whole(many)] }, boardSettings());
    const text = JSON.stringify(spec);
    expect(text.length).toBeLessThan(400_000);
    for (const title of [
      "optimisation history",
      "intermediate values",
      "parallel coordinates",
      "importances",
      "Pareto front",
      "scatter matrix",
      "warmup",
      "trials at each rung",
      "values at each rung",
      "timeline of workers",
    ])
      expect(text).toContain(`"text":"${title}"`);
    expect(text).toMatch(/\d+ of \d+ trials drawn: the best \d+/);
    expect(text).toContain("the 4 most important of 8 parameters");
    expect(text).toContain("the 7 most important of 8 parameters");
    expect(text).not.toContain("more charts");
  });
});
