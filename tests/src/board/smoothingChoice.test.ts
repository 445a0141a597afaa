import { parse, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { describe, expect, it } from "vitest";
import type { Spec } from "../../../src/board/inlineData.js";
import { boardSettings } from "../../../src/board/options.js";
import { smoothingChoice } from "../../../src/board/section.js";
import { labelled } from "../../../src/board/series.js";
import { smoothedLevels, smoothingLevels } from "../../../src/board/smooth.js";
import { boardSpec, withoutChoice } from "../../../src/board/spec.js";
import { oracle } from "./boardOracle.js";
import { exampleRun, series } from "./exampleRuns.js";

function noisy(weight: number): { values: readonly number[]; smoothed: readonly number[] } {
  const found = oracle.smoothing.find((one) => one.name === "noisy" && one.weight === weight);
  if (!found) throw new Error(`the oracle has no weight ${weight}`);
  return found;
}

const data = {
  runs: labelled([exampleRun("a", { "train/loss": series(noisy(0).values) })]),
  sweeps: [],
};

/** The rows of the chart at the chosen one. */
async function rowsAt(spec: Spec, place: number): Promise<Record<string, number>[]> {
  const view = new View(parse(compile(spec as unknown as TopLevelSpec).spec), { renderer: "none" });
  try {
    await view.signal(smoothingChoice, place).runAsync();
    const { data: sets } = view.getState({ data: () => true }) as { data: Record<string, unknown> };
    for (const name of Object.keys(sets)) {
      const rows = view.data(name) as Record<string, number>[];
      if (rows[0]?.s !== undefined && rows[0]?.x !== undefined) return rows;
    }
    throw new Error("no points were drawn");
  } finally {
    view.finalize();
  }
}

/** Of one line, by step. */
async function drawnAt(spec: Spec, place: number): Promise<Map<number, number>> {
  return new Map((await rowsAt(spec, place)).map(({ x, s }) => [x as number, s as number]));
}

/** By the name of the run and the number of the set. */
async function linesAt(spec: Spec, place: number): Promise<Map<string, { x: number; s: number }[]>> {
  const lines = new Map<string, { x: number; s: number }[]>();
  for (const { run, k, x, s } of (await rowsAt(spec, place)) as unknown as Line[])
    lines.set(`${run} ${k}`, [...(lines.get(`${run} ${k}`) ?? []), { x, s }]);
  return lines;
}

interface Line {
  readonly run: string;
  readonly k: number;
  readonly x: number;
  readonly s: number;
}

describe("the inline choice of smoothing", () => {
  it("draws TensorBoard's formula on the raw points, at each of its levels", async () => {
    const spec = boardSpec(data, boardSettings());
    const { weights } = smoothingLevels(undefined);
    expect(weights).toEqual([0, 0.3, 0.6, 0.8, 0.9, 0.97, 0.99]);
    for (const weight of [0, 0.3, 0.6, 0.97]) {
      const drawn = await drawnAt(spec, 1 + weights.indexOf(weight));
      expect(drawn.size).toBe(200);
      for (const [step, value] of drawn) expect(value).toBeCloseTo(noisy(weight).smoothed[step] as number, 4);
    }
  });

  it("begins at the weight that was given, which is one of its levels", () => {
    expect(smoothingLevels(0.9)).toMatchObject({ weights: [0, 0.3, 0.6, 0.8, 0.9, 0.97, 0.99], initial: 4 });
    expect(smoothingLevels(0.75)).toMatchObject({
      weights: [0, 0.3, 0.6, 0.75, 0.8, 0.9, 0.97, 0.99],
      initial: 3,
    });
    const choice = (given?: number) =>
      (boardSpec(data, boardSettings(given === undefined ? {} : { smoothing: given })).params as Spec[])[1];
    expect(choice()).toMatchObject({
      name: smoothingChoice,
      value: 0,
      bind: {
        input: "select",
        options: [0, 1, 2, 3, 4, 5, 6, 7],
        labels: ["usual", "0", "0.3", "0.6", "0.8", "0.9", "0.97", "0.99"],
      },
    });
    const { value, bind } = choice(0.999) as { value: number; bind: { labels: string[] } };
    expect(bind.labels[value]).toBe("0.999");
  });

  it("smooths few points no less at a higher level", () => {
    const few = series([1, 2, 3]);
    const levels = smoothedLevels(few, undefined).map((values) => [...values]);
    expect(levels[0]).toEqual([1, 2, 3]);
    // By hand: (2·0.7 + 1·0.3·0.7) / (1 − 0.3²).
    expect(levels[1]?.[1]).toBeCloseTo((2 * 0.7 + 0.3 * 0.7) / 0.91, 12);
    const last = levels.map((values) => values[2] as number);
    expect(last).toEqual([...last].sort((a, b) => b - a));
  });

  it("begins where each line is as it is without a choice: few points raw, many at the usual weight", async () => {
    const { values } = noisy(0);
    const runs = labelled([
      exampleRun("few", { "epoch/loss": series(values.slice(0, 40)), "epoch/valLoss": series(values) }),
      exampleRun("many", { "epoch/loss": series(values), "epoch/valLoss": series(values.slice(0, 3)) }),
    ]);
    const spec = boardSpec({ runs, sweeps: [] }, boardSettings());
    const lines = await linesAt(spec, 0);
    expect([...lines.keys()].sort()).toEqual(["few 0", "few 1", "many 0", "many 1"]);
    for (const [name, rows] of lines) {
      const isFew = name === "few 0" || name === "many 1";
      for (const { x, s } of rows)
        expect(s).toBeCloseTo((isFew ? values[x] : noisy(0.6).smoothed[x]) as number, 4);
    }
  });

  it("is missed only where it would have been", () => {
    const notes = (spec: Spec) => JSON.stringify(spec.title ?? "");
    expect(notes(boardSpec(data, boardSettings()))).not.toContain(withoutChoice);
    expect(notes(boardSpec(data, boardSettings(), { interactive: false }))).not.toContain(withoutChoice);
    expect(notes(boardSpec(data, boardSettings({ kind: "hparams" })))).not.toContain(withoutChoice);
  });

  it("is not there in a still picture, without scalars, and where its levels would not fit, which is said", () => {
    const parameters = (spec: Spec) => JSON.stringify(spec.params ?? []);
    expect(parameters(boardSpec(data, boardSettings(), { interactive: false }))).not.toContain(
      smoothingChoice,
    );
    expect(parameters(boardSpec(data, boardSettings({ kind: "hparams" })))).not.toContain(smoothingChoice);
    const values = Array.from({ length: 1500 }, (_, i) => Math.sin(i / 9) + i / 500);
    const tags = Array.from({ length: 40 }, (_, i) => [`t/${i}`, series(values)] as const);
    const runs = labelled(
      Array.from({ length: 30 }, (_, i) => exampleRun(`run-${i}`, Object.fromEntries(tags))),
    );
    const full = boardSpec({ runs, sweeps: [] }, boardSettings());
    expect(parameters(full)).not.toContain(smoothingChoice);
    expect((full.title as { text: string[] }).text).toContain(withoutChoice);
    expect(Buffer.byteLength(JSON.stringify(full))).toBeLessThanOrEqual(400_000);
  });
});
