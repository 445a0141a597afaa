import { describe, expect, it } from "vitest";
import { boardSettings } from "../../../src/board/options.js";
import { labelled } from "../../../src/board/series.js";
import { boardText, sparkline } from "../../../src/board/text.js";
import { exampleRun, exampleSweep, series, sweepInStates } from "./exampleRuns.js";

describe("sparkline", () => {
  it("shows the course on eight levels, gaps where nothing is finite", () => {
    expect(sparkline(Float64Array.of(0, 1, 2, 3, 4, 5, 6, 7))).toBe("▁▂▃▄▅▆▇█");
    expect(sparkline(Float64Array.of(1, Number.NaN, 2))).toBe("▁ █");
    expect(sparkline(Float64Array.of(5, 5))).toBe("▅▅");
    expect(sparkline(Float64Array.of(1e308, -1e308))).toBe("█▁");
    expect(sparkline(Float64Array.from({ length: 1000 }, (_, i) => i)).length).toBe(24);
  });
});

describe("boardText", () => {
  it("is a table of exact ends and extremes", () => {
    const runs = labelled([exampleRun("a", { "train/loss": series([3, 0.5, Number.NaN]) })]);
    expect(boardText({ runs, sweeps: [] }, boardSettings({ smoothing: 0 }))).toBe(
      [
        "tag         run  last  min  max  points",
        "──────────  ───  ────  ───  ───  ──────  ───",
        "train/loss  a     NaN  0.5    3       3  █▁",
      ].join("\n"),
    );
  });

  it("says between which infinite values a series lies that has no others, and nothing of NaN alone", () => {
    const { NaN: nan, POSITIVE_INFINITY: high, NEGATIVE_INFINITY: low } = Number;
    const scalars = {
      a: series([high, high]),
      b: series([low, nan, high]),
      c: series([nan, nan]),
      d: series([high, 2]),
    };
    const lines = boardText(
      { runs: labelled([exampleRun("r", scalars)]), sweeps: [] },
      boardSettings({ kind: "scalars" }),
    ).split("\n");
    expect(lines.slice(2, 6).map((line) => line.trim().split(/ {2,}/))).toEqual([
      ["a", "r", "Infinity", "Infinity", "Infinity", "2"],
      ["b", "r", "Infinity", "-Infinity", "Infinity", "3"],
      ["c", "r", "NaN", "2"],
      ["d", "r", "2", "2", "2", "2", "▅"],
    ]);
  });

  it("draws few points as they are, smoothed only on demand", () => {
    const runs = labelled([exampleRun("a", { "epoch/valAccuracy": series([0.9, 0.9374, 0.9]) })]);
    expect(boardText({ runs, sweeps: [] }, boardSettings())).toContain("▁█▁");
    expect(boardText({ runs, sweeps: [] }, boardSettings({ smoothing: 0.6 }))).toContain("▁█▄");
  });

  it("takes control characters out, so that a tag cannot move the cursor", () => {
    const runs = labelled([exampleRun("a\u001b[2J", { "x\r\n": series([1]) })]);
    expect(boardText({ runs, sweeps: [] }, boardSettings())).not.toMatch(/(?!\n)\p{Cc}/u);
  });

  it("shows what a text or a label writes to the terminal", () => {
    const [run] = labelled([exampleRun("a\u001b[2J", {})]);
    const shown = [{ step: 1, text: "one\u001b]52;c;aGk=\u0007\ntwo\u009b2J" }];
    const media = { texts: new Map([["no\u0007tes", { shown, count: 1 }]]), images: new Map() };
    expect(boardText({ runs: [{ ...run!, media }], sweeps: [] }, boardSettings())).toContain(
      "text no·tes of a·[2J, step 1:\n  one·]52;c;aGk=·\n  two·2J",
    );
  });

  it("shows the kinds that were asked for, and no others", () => {
    const [run] = labelled([exampleRun("a", { "train/loss": series([1, 2]) })]);
    const media = {
      texts: new Map([["notes", { shown: [{ step: 1, text: "why" }], count: 1 }]]),
      images: new Map(),
    };
    const data = { runs: [{ ...run!, media }], sweeps: [] };
    expect(boardText(data, boardSettings({ kind: "text" }))).toBe("text notes of a, step 1:\n  why");
    expect(boardText(data, boardSettings({ kind: ["text", "scalars"] }))).toMatch(/^tag.*train\/loss.*why$/s);
    expect(boardText({ runs: [run!], sweeps: [] }, boardSettings({ kind: "histograms" }))).toBe(
      "Charts of histograms are drawn in a notebook and on a page: --html FILE writes one.",
    );
  });

  it("says that no tag fits, and which there are, of a run with texts too", () => {
    const point = { step: 1, wallTime: 1, texts: [] };
    const [run] = labelled([exampleRun("a", { "train/loss": series([1, 2]) })]);
    const data = { ...run!.data, texts: new Map([["notes", [point]]]) };
    const shown = (tags: string) =>
      boardText({ runs: [{ ...run!, data }], sweeps: [] }, boardSettings({ tags }));
    expect(shown("nosuch")).toBe(
      'No points that fit nosuch: a. None is near; the tags are "train/loss", "notes".',
    );
    expect(shown("los$")).toBe('No points that fit los$: a. The nearest tags are "train/loss".');
    expect(shown("^note")).not.toContain("No points");
  });

  it("counts a sweep's trials by the states that there are", () => {
    const text = boardText({ runs: [], sweeps: [sweepInStates()] }, boardSettings());
    expect(text).toContain(
      "sweep states: 6 trials (2 complete, 1 pruned, 1 failed, 1 interrupted, 1 running), maximize valAccuracy",
    );
    const one = boardText({ runs: [], sweeps: [sweepInStates(["interrupted"])] }, boardSettings());
    expect(one).toBe("sweep states: 1 trial (1 interrupted), maximize valAccuracy");
    const none = boardText({ runs: [], sweeps: [sweepInStates([])] }, boardSettings());
    expect(none).toBe("sweep states: 0 trials, maximize valAccuracy");
  });

  it("lists a sweep's best trials with their parameters", () => {
    const text = boardText({ runs: [], sweeps: [exampleSweep()] }, boardSettings());
    const [head, columns, , best] = text.split("\n");
    expect(head).toMatch(
      /^sweep mnist-mlp: 24 trials \(\d+ complete, \d+ pruned, 1 failed\), maximize valAccuracy$/,
    );
    expect(columns?.split(/\s+/)).toEqual([
      "trial",
      "state",
      "valAccuracy",
      "lr",
      "units",
      "activation",
      "dropout",
    ]);
    expect(best).toMatch(/^\d+ \*\s+complete\s+0\.9/);
  });
});
