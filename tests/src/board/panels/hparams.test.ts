import { describe, expect, it } from "vitest";
import { hparams, sweepSections } from "../../../../src/board/panels/hparams.js";
import type { Section } from "../../../../src/board/section.js";
import { labelled } from "../../../../src/board/series.js";
import { exampleRun, series, sweepInStates } from "../exampleRuns.js";
import { panelStyle } from "../panelStyle.js";

/** What a person reads on each section's cards: titles, and sentences in place of charts. */
const textsOf = ({ cards }: Section) =>
  cards.map((card) => {
    const { text } = (card.title ?? {}) as { text?: string };
    const sentence = (card.encoding as { text?: { value?: string } } | undefined)?.text?.value;
    return [text, sentence].filter((part) => part !== undefined).join(": ");
  });

describe("sweepSections", () => {
  it("has one sentence in place of all charts of values while no trial has one, and the curves below it", () => {
    const sections = sweepSections(sweepInStates(["running", "interrupted"]), panelStyle);
    expect(sections.map(({ title, columns }) => [title, columns])).toEqual([["sweep states", 1]]);
    expect(sections.flatMap(textsOf)).toEqual([
      "optimisation history: no trial has a value yet (1 interrupted, 1 running)",
      "intermediate values",
    ]);
  });

  it("has a sentence in a slice of a parameter that only trials without a value have", () => {
    const sweep = sweepInStates(["complete", "complete", "running", "running"]);
    const trials = sweep.trials.map((trial) =>
      trial.state === "running" ? { ...trial, params: { ...trial.params, momentum: trial.number } } : trial,
    );
    expect(sweepSections({ ...sweep, trials }, panelStyle).flatMap(textsOf)).toContain(
      "momentum: no trial with it has a value yet",
    );
  });

  it("leaves out curves without one finite number", () => {
    const { trials, ...sweep } = sweepInStates(["failed", "failed"]);
    const diverged = trials.map((trial) => ({
      ...trial,
      error: "the objective returned NaN",
      intermediate: [[1, Number.NaN] as const],
    }));
    expect(sweepSections({ ...sweep, trials: diverged }, panelStyle).flatMap(textsOf)).toEqual([
      "optimisation history: all 2 trials failed: the objective returned NaN",
    ]);
  });
});

describe("sweepSections of a sweep without values", () => {
  it("says why to the end, in lines that fit the row", () => {
    const { trials, ...sweep } = sweepInStates(["failed"]);
    const measured = Array.from({ length: 20 }, (_, i) => `metric${i}`).join(", ");
    const error = `MetricMissing: it asks for "metrik7", measured are ${measured}. Did you mean metric7?`;
    const failed = trials.map((trial) => ({ ...trial, error, intermediate: [] }));
    const [section] = sweepSections({ ...sweep, trials: failed }, panelStyle);
    const { encoding, height, width } = section!.cards[0] as {
      encoding: { text: { value: string[] } };
      height: number;
      width: number;
    };
    const lines = encoding.text.value;
    expect(lines.join(" ")).toBe(`the only trial failed: ${error}`);
    for (const line of lines) expect(6.2 * line.length).toBeLessThanOrEqual(width);
    expect(height).toBeGreaterThanOrEqual(15 * lines.length);
  });
});

describe("hparams", () => {
  it("calls runs runs: none of them is a trial", () => {
    const runs = labelled(
      [1, 2, 3].map((rate) =>
        exampleRun(`run${rate}`, { "epoch/loss": series([rate, rate / 2]) }, {}, { config: { rate } }),
      ),
    );
    const sections = hparams(runs, { ...panelStyle, interactive: true });
    expect(sections.map(({ title }) => title)).toContain("what matters, and what it costs");
    const words = JSON.stringify(sections);
    expect(words).toContain("of 3 runs are on it");
    expect(words).not.toMatch(/[^"_.]\btrials?\b/);
  });
});
