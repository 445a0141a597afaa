import { describe, expect, it } from "vitest";
import type { ClassificationContent } from "../../../src/base/evaluationContent.js";
import { type Random, random } from "../../../src/base/random.js";
import type { BoardMedia } from "../../../src/board/boardMedia.js";
import { boardSettings } from "../../../src/board/options.js";
import { page } from "../../../src/board/page.js";
import { type BoardRun, labelled } from "../../../src/board/series.js";
import { unpackBoard } from "../../../src/board/unpackBoard.js";
import { exampleRun, exampleSweep, normalHistogram, series } from "./exampleRuns.js";

const limit = 3_000_000;
const noise = (length: number, from: Random) =>
  Array.from({ length }, () => String.fromCharCode(97 + Math.floor(from.next() * 26))).join("");
const many = <T>(count: number, made: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => made(i));
const tagged = <T>(count: number, made: (i: number) => T) =>
  new Map(many(count, (i) => [`tag ${i}`, made(i)] as const));

/** Twenty runs, each with much of what the kinds name. */
function boardOf(kinds: readonly (keyof typeof makers | "scalars" | "histograms")[], count = 20): BoardRun[] {
  const from = random(7);
  return labelled(
    many(count, (r) =>
      exampleRun(
        `run-${r}`,
        kinds.includes("scalars")
          ? Object.fromEntries(many(300, (t) => [`train/${t}`, series(curve(r + t))]))
          : {},
        kinds.includes("histograms")
          ? Object.fromEntries(
              many(120, (t) => [
                `weights/layer ${t}/kernel`,
                many(60, (step) => ({ step, wallTime: 1, histogram: normalHistogram(t, 1 + step / 7) })),
              ]),
            )
          : {},
      ),
    ),
  ).map((run) => ({
    ...run,
    media: Object.assign(
      { texts: new Map(), images: new Map() },
      ...kinds.flatMap((kind) => (kind in makers ? [makers[kind as keyof typeof makers](from)] : [])),
    ) as BoardMedia,
  }));
}

const curve = (seed: number) => many(200, (i) => Math.sin(i * 0.1 + seed) / 3);
const picture = (from: Random) => ({
  address: `data:image/png;base64,${noise(30_000, from)}`,
  width: 92,
  height: 92,
});

const makers = {
  images: (from: Random): Partial<BoardMedia> => {
    const kept = many(12, () => picture(from));
    const one = (i: number) => kept[i % kept.length] as (typeof kept)[number];
    const steps = many(8, (step) => ({ step, pictures: many(4, (i) => one(step + i)) }));
    return { images: tagged(30, () => ({ shown: steps, count: 90, most: 6, size: "" })) };
  },
  evaluation: (from: Random): Partial<BoardMedia> => {
    const content = (): ClassificationContent => ({
      kind: "classification",
      size: 10_000,
      loss: 1,
      accuracy: 0.5,
      f1: 0.5,
      classNames: many(100, (k) => `class ${k}`),
      counts: many(100, () => many(100, () => Math.floor(from.next() * 100))),
      mistakes: [],
    });
    const kept = content();
    return {
      evaluations: tagged(4, () => ({
        shown: many(2, (step) => ({ step: 2 - step, content: kept })),
        count: 9,
      })),
    };
  },
  tables: (from: Random): Partial<BoardMedia> => ({
    tables: tagged(6, () => ({
      step: 1,
      columns: many(24, (i) => `column ${i}`),
      rows: many(100, () => many(24, () => noise(40, from))),
      size: [400, 24],
      count: 1,
    })),
  }),
  audio: (from: Random): Partial<BoardMedia> => {
    const address = `data:audio/wav;base64,${noise(60_000, from)}`;
    const clip = { facts: { sampleRate: 8000, channels: 1, frames: 4000 }, bytes: 45_000, address };
    return {
      audio: tagged(5, () => ({
        shown: many(3, (step) => ({ step, clips: [{ ...clip }, { ...clip }] })),
        count: 3,
        most: 2,
      })),
    };
  },
  // In the page `<`, a sign of Chinese and a control character take six bytes, three and six.
  text: (): Partial<BoardMedia> => ({
    texts: tagged(40, () => ({
      shown: many(3, (step) => ({
        step,
        text: `${"<b>".repeat(900)}${"学".repeat(900)}${"\u0001".repeat(900)}`,
      })),
      count: 3,
    })),
  }),
  graph: (): Partial<BoardMedia> => ({
    graph: many(3000, (i) => ({
      name: `layer ${i}`,
      kind: "Dense",
      inputs: [`layer ${i - 1}`],
      shapes: [[null, 3]],
      parameters: i,
    })),
  }),
};

/** What the page carries, as a browser reads it. */
function carried(html: string) {
  const found = /<script type="application\/json" id="board-data">(.*?)<\/script>/s.exec(html);
  return JSON.parse(found?.[1] as string);
}

const all = ["scalars", "histograms", ...(Object.keys(makers) as (keyof typeof makers)[])] as const;

type Kind = (typeof all)[number];
const lists: readonly (readonly Kind[])[] = [...all.map((kind) => [kind]), ["scalars", "images"], all];

describe("page", () => {
  for (const kinds of lists)
    it(`weighs at most 3 MB for twenty runs full of ${kinds.join(", ")}, and says what is left out`, () => {
      const runs = boardOf(kinds);
      const settings = boardSettings({ kind: [...kinds] });
      const html = page({ runs, sweeps: [] }, settings);
      const size = Buffer.byteLength(html);
      expect(size).toBeLessThanOrEqual(limit);
      const data = carried(html);
      expect(unpackBoard(data).runs).toHaveLength(20);
      // No kind takes all of the room, and what is there is used.
      expect(size).toBeGreaterThan(0.4 * limit);
      expect(data.thinned.join(" ") + (data.missing ?? []).join(" ")).not.toBe("");
      const [first] = data.runs;
      if (kinds.includes("images")) expect(first.media.images[0][1].shown.at(-1).step).toBe(7);
      for (const { scalars, histograms, media } of data.runs) {
        if (kinds.includes("scalars")) expect(scalars.length).toBeGreaterThan(0);
        if (kinds.includes("histograms")) expect(histograms.length).toBeGreaterThan(0);
        if (kinds.length > 1) continue;
        if (kinds.includes("images")) expect(media.images[0][1].shown.at(-1).step).toBe(7);
        if (kinds.includes("evaluation")) expect(JSON.parse(media.evaluations[0][1]).shown[0].step).toBe(2);
      }
    });

  it("keeps of pictures the newest step and steps evenly spread, and says how many and how to see all", () => {
    const from = random(3);
    const steps = many(8, (step) => ({ step: 10 * step, pictures: [picture(from)] }));
    const runs = boardOf([]).map((run) => ({
      ...run,
      media: { texts: new Map(), images: tagged(1, () => ({ shown: steps, count: 8, most: 1, size: "" })) },
    }));
    const data = carried(page({ runs, sweeps: [] }, boardSettings({ kind: "images" })));
    const kept = data.runs.map(
      ({ media }: { media: { images: [string, { shown: { step: number }[] }][] } }) =>
        media.images[0]?.[1].shown.map(({ step }) => step),
    );
    // 20 runs × 30 kB × 1 step has room, 2 steps have not.
    expect(kept).toEqual(many(20, () => [70]));
    expect(data.thinned).toEqual([
      "Of 160 pictures 20 are here: of each tag the newest step, the others evenly spread.",
      "A served page (tunelab board --port) shows all of it; a file of fewer runs, or of some tags (--tags), more.",
    ]);
    const few = runs.slice(0, 4);
    const spread = carried(page({ runs: few, sweeps: [] }, boardSettings({ kind: "images" })));
    expect(spread.runs[0].media.images[0][1].shown.map(({ step }: { step: number }) => step)).toEqual([
      0, 10, 20, 40, 50, 60, 70,
    ]);
  });

  it("thins what a sweep's trials reported, every extreme kept", () => {
    const sweep = exampleSweep(1000);
    const trials = sweep.trials.map((trial) => ({
      ...trial,
      intermediate: many(
        200,
        (step) => [step, step === 77 ? 9 : Math.sin(step * (trial.number + 1))] as const,
      ),
    }));
    const html = page({ runs: [], sweeps: [{ ...sweep, trials }] }, boardSettings());
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(limit);
    const data = carried(html);
    expect(data.thinned[0]).toBe("What trials reported is thinned; every extreme is kept.");
    const [back] = unpackBoard(data).sweeps;
    for (const { intermediate } of back?.trials ?? []) {
      expect(intermediate.length).toBeLessThan(200);
      expect(intermediate).toContainEqual([77, 9]);
      expect([intermediate[0]?.[0], intermediate.at(-1)?.[0]]).toEqual([0, 199]);
    }
  });

  it("gives each run beyond twenty a twentieth of that more", () => {
    const size = Buffer.byteLength(
      page({ runs: boardOf(["images"], 40), sweeps: [] }, boardSettings({ kind: "images" })),
    );
    expect(size).toBeGreaterThan(0.3 * 2 * limit);
    expect(size).toBeLessThanOrEqual(2 * limit);
  });
});
