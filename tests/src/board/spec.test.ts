import { compile, type TopLevelSpec } from "vega-lite";
import { describe, expect, it } from "vitest";
import { boardKinds } from "../../../src/base/boardKinds.js";
import type { BoardData } from "../../../src/board/content.js";
import { type BoardOptions, boardSettings } from "../../../src/board/options.js";
import { labelled } from "../../../src/board/series.js";
import { boardSpec, inlineLimits } from "../../../src/board/spec.js";
import {
  exampleBoard,
  exampleRun,
  exampleSweep,
  normalHistogram,
  series,
  sweepInStates,
  trainingRun,
} from "./exampleRuns.js";
import { schemaErrors } from "./vegaLiteSchema.js";

const evil = `</script><img src=x onerror="alert('1')">\\"'\u2028,`;

const point = (step: number, mean: number) => ({
  step,
  wallTime: 1_760_000_000 + step,
  histogram: normalHistogram(mean, 1),
});

const boards: Record<string, BoardData> = {
  "two runs": exampleBoard(),
  "a sweep": { runs: [], sweeps: [exampleSweep()] },
  nothing: { runs: [], sweeps: [] },
  "an empty run": { runs: labelled([exampleRun("empty", {})]), sweeps: [] },
  "one point": {
    runs: labelled([
      exampleRun(
        "one",
        { "train/loss": series([2.3]), "epoch/loss": series([2], [1]), "epoch/valLoss": series([3], [1]) },
        { "weights/a": [point(0, 0)] },
      ),
    ]),
    sweeps: [],
  },
  "no finite value": {
    runs: labelled([
      exampleRun("nan", {
        "train/loss": series([Number.NaN, Number.NaN, Infinity]),
        "gradientMeanAbs/a/kernel": series([Number.NaN, 0]),
      }),
    ]),
    sweeps: [],
  },
  "extreme values": {
    runs: labelled([
      exampleRun("huge", {
        a: series([1e300, -1e300, 5]),
        b: series([1e-320, 1e300]),
        c: series([-5, 1e6, 0, -1e6]),
      }),
    ]),
    sweeps: [],
  },
  "evil names": {
    runs: labelled([
      exampleRun(
        evil,
        { [evil]: series([1, 2, Number.NaN]), [`epoch/${evil}`]: series([1]) },
        { [evil]: [point(0, 0), point(1, 1)] },
      ),
    ]),
    sweeps: [{ ...exampleSweep(), name: evil, metric: evil }],
  },
  "a sweep without trials": { runs: [], sweeps: [{ ...exampleSweep(), trials: [] }] },
  "a sweep with a trial in every state": { runs: [], sweeps: [sweepInStates()] },
  "a sweep whose trials all run": { runs: [], sweeps: [sweepInStates(["running", "running"])] },
  "a sweep whose trials all failed": {
    runs: [],
    sweeps: [
      {
        ...exampleSweep(),
        trials: exampleSweep().trials.map((trial) => ({
          ...trial,
          state: "failed" as const,
          value: Number.NaN,
          intermediate: [],
        })),
      },
    ],
  },
};

const variants: BoardOptions[] = [
  {},
  { kind: boardKinds, x: "relative", outliers: "clip", histograms: "overlay" },
  { kind: boardKinds, x: "wall", y: "log", smoothing: 0 },
];

describe("boardSpec", () => {
  for (const [name, data] of Object.entries(boards)) {
    it.each(variants)(`of ${name} is valid Vega-Lite v5 and compiles (%j)`, (options) => {
      const settings = boardSettings(options);
      for (const interactive of [true, false]) {
        const spec = boardSpec(data, settings, { interactive });
        expect(schemaErrors(spec)).toEqual([]);
        const warnings: unknown[] = [];
        const note = (...message: unknown[]) => {
          warnings.push(message);
          return logger;
        };
        const quiet = () => logger;
        const logger = { level: quiet, error: note, warn: note, info: quiet, debug: quiet };
        compile(spec as unknown as TopLevelSpec, { logger: logger as never });
        expect(warnings).toEqual([]);
      }
    });
  }

  it("is the same text for the same data", () => {
    const text = () => JSON.stringify(boardSpec(exampleBoard(), boardSettings()));
    expect(text()).toBe(text());
  });

  it("stays within its limits whatever the number and length of runs", () => {
    const runs = labelled(
      Array.from({ length: 25 }, (_, i) => trainingRun(`run-${i}`, { decay: 0.5, epochs: 8, seed: i + 1 })),
    );
    for (const kind of [undefined, "histograms", "scalars", "distributions"] as const) {
      const spec = boardSpec({ runs, sweeps: [] }, boardSettings(kind ? { kind } : {}));
      expect(JSON.stringify(spec).length).toBeLessThanOrEqual(inlineLimits.bytes);
      expect(JSON.stringify(spec)).toMatch(/more charts|"concat"/);
    }
  });

  it("has tooltips of every run in interactive charts of several, and leaves charts out only without them", () => {
    const boardOf = (count: number, tags: number) => {
      const scalars = Object.fromEntries(
        Array.from({ length: tags }, (_, i) => [`t/${i}`, series([1, 2 + i, 3])] as const),
      );
      const names = Array.from({ length: count }, (_, i) => `run-${i}`);
      return { runs: labelled(names.map((name) => exampleRun(name, scalars))), sweeps: [] };
    };
    const text = (count: number, tags: number, interactive = true) =>
      JSON.stringify(boardSpec(boardOf(count, tags), boardSettings(), { interactive }));
    const tooltips = (spec: string) => spec.match(/"field":"tip"/g)?.length ?? 0;
    expect(tooltips(text(1, 3))).toBe(0);
    expect(tooltips(text(2, 3))).toBe(3);
    expect(tooltips(text(2, 3, false))).toBe(0);
    expect(tooltips(text(60, 3))).toBe(3);
    const full = text(100, 20);
    expect(full.length).toBeLessThanOrEqual(inlineLimits.bytes);
    expect([tooltips(full), full.includes("more charts")]).toEqual([0, false]);
  });

  it("keeps extremes, pairs training with validation and marks what is not finite", () => {
    const values = Array.from({ length: 50_000 }, (_, i) => Math.sin(i / 100));
    values[12_345] = 77;
    values[23_456] = Number.NaN;
    const data = {
      runs: labelled([
        exampleRun("long", {
          "train/loss": series(values),
          "epoch/loss": series([1, 2], [1, 2]),
          "epoch/valLoss": series([3, 4], [1, 2]),
        }),
      ]),
      sweeps: [],
    };
    const text = JSON.stringify(boardSpec(data, boardSettings()));
    expect(text).toContain("\\n0,12345,77,");
    expect(text).toContain(",NaN\\n");
    expect(text.length).toBeLessThan(60_000);
    expect(text).toContain('"training"');
    const titles = [...text.matchAll(/"text":"([^"]*)","limit"/g)].map(([, title]) => title);
    expect(titles).toEqual(["loss", "loss"]);
  });

  it("ends its axis at the percentiles where outliers are clipped, and points at each beyond it", () => {
    const values = Array.from({ length: 101 }, (_, i) => i / 100);
    values[50] = 1000;
    values[60] = -1000;
    const data = { runs: labelled([exampleRun("spiky", { "train/loss": series(values) })]), sweeps: [] };
    const chart = (options: BoardOptions) =>
      JSON.stringify(boardSpec(data, boardSettings({ smoothing: 0, y: "linear", ...options })));
    const domains = (text: string) =>
      [...text.matchAll(/"domain":\[([-\d.]+),([-\d.]+)\]/g)].map((match) => match.slice(1).map(Number));
    const clipped = chart({ outliers: "clip" });
    // The logged and the smoothed values, which are the same: 202, from the 11th to the 190th, and 4 % of room.
    const sorted = [...values, ...values].sort((a, b) => a - b);
    const [low, high] = [sorted[11] as number, sorted[190] as number];
    const room = (high - low) * 0.04;
    expect(domains(clipped)[0]?.[0]).toBeCloseTo(low - room, 12);
    expect(domains(clipped)[0]?.[1]).toBeCloseTo(high + room, 12);
    expect(clipped.match(/"beyond the axis"/g)?.length).toBe(2);
    expect(clipped).toMatch(/\\n0,50,1000,/);
    expect(chart({})).not.toContain("beyond the axis");
    expect(domains(chart({}))[0]?.[1]).toBeGreaterThan(1000);
  });

  it("draws a tag's histograms over each other when asked", () => {
    const settings = (options: BoardOptions) => boardSettings({ kind: "histograms", ...options });
    const marks = (options: BoardOptions) =>
      new Set(
        [
          ...JSON.stringify(boardSpec(exampleBoard(), settings(options))).matchAll(
            /"mark":\{"type":"(\w+)"/g,
          ),
        ].map(([, mark]) => mark),
      );
    expect(marks({})).toEqual(new Set(["area"]));
    expect(marks({ histograms: "overlay" })).toEqual(new Set(["line"]));
  });

  it("draws histograms whose tag has no prefix", () => {
    const runs = labelled([exampleRun("a", {}, { weights: [point(0, 0), point(7, 1)] })]);
    for (const kind of ["histograms", "distributions"] as const) {
      const text = JSON.stringify(boardSpec({ runs, sweeps: [] }, boardSettings({ kind })));
      expect(text.includes("\\n7,") || /\\n\d+,7,/.test(text), kind).toBe(true);
    }
  });

  it("shades where updates should lie, as far as the axis goes", () => {
    const runs = labelled([trainingRun("deep", { decay: 0.17 })]);
    const text = JSON.stringify(boardSpec({ runs, sweeps: [] }, boardSettings({ tags: "updateRatio" })));
    const [, from, to] = /from,to\\n([\d.e-]+),([\d.e-]+)"/.exec(text) ?? [];
    expect(Number(from)).toBe(1e-4);
    expect(Number(to)).toBeGreaterThan(1e-4);
    expect(Number(to)).toBeLessThanOrEqual(1e-2);
  });

  it("says what it leaves out and what is missing", () => {
    expect(JSON.stringify(boardSpec(boards["an empty run"] as BoardData, boardSettings()))).toContain(
      "No points yet: empty.",
    );
    expect(
      JSON.stringify(boardSpec(boards["two runs"] as BoardData, boardSettings({ tags: "nowhere" }))),
    ).toContain("that fit nowhere");
    const near = (tags: string) =>
      JSON.stringify(boardSpec(boards["two runs"] as BoardData, boardSettings({ tags })));
    expect(near("trian/loss")).toMatch(/The nearest tags are \\"train\/loss\\"/);
    expect(near("acuracy")).toMatch(/The nearest tags are .*\\"train\/accuracy\\"/);
    expect(near("nowhere_at_all_here")).toMatch(/None is near; of \d+ tags some are \\"/);
  });
});
