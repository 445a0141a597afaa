import { describe, expect, it } from "vitest";
import { tags } from "../../../src/base/tags.js";
import { sections } from "../../../src/board/content.js";
import { boardSettings } from "../../../src/board/options.js";
import { pack } from "../../../src/board/packNumbers.js";
import { remarks } from "../../../src/board/remarks.js";
import { labelled } from "../../../src/board/series.js";
import { unpack, unpackBoard } from "../../../src/board/unpackBoard.js";
import { carriedBytes, carriedPage } from "./carriedPage.js";
import { exampleRun, series, trainingRun } from "./exampleRuns.js";
import { panelStyle } from "./panelStyle.js";

describe("pack", () => {
  it("comes back exactly, in the smallest format that can", () => {
    for (const [letter, values] of [
      ["i", [0, 1, 2 ** 31 - 1, -7]],
      ["f", [0.5, Number.NaN, Infinity, -0]],
      ["d", [0.1, 1e300, 2 ** 40]],
    ] as const) {
      const packed = pack(Float64Array.from(values));
      expect(packed[0]).toBe(letter);
      expect([...unpack(packed)]).toEqual([...values]);
    }
  });
});

describe("pageData", () => {
  it("comes back as the runs it was made from", () => {
    const runs = labelled([trainingRun("a", { decay: 0.5 })]);
    const back = unpackBoard(JSON.parse(JSON.stringify(carriedPage({ runs, sweeps: [] }, boardSettings()))));
    const [given, ours] = [runs[0]?.data, back.runs[0]?.data];
    expect(ours?.scalars).toEqual(given?.scalars);
    const tag = "weights/dense_1/kernel";
    expect(ours?.histograms.get(tag)?.length).toBe(51);
    expect(ours?.histograms.get(tag)?.[0]?.histogram.counts).toEqual(
      given?.histograms.get(tag)?.[0]?.histogram.counts,
    );
    ours?.histograms.get(tag)?.[0]?.histogram.edges.forEach((edge, i) => {
      expect(edge).toBeCloseTo(given?.histograms.get(tag)?.[0]?.histogram.edges[i] as number, 9);
    });
  });

  it("carries the machine's measurements for whoever asks", () => {
    const system = new Map([["system/load1", series([1, 2, 3])]]);
    const runs = labelled([{ ...trainingRun("a", { decay: 0.5 }), system }]);
    const back = (options: Parameters<typeof boardSettings>[0]) =>
      unpackBoard(JSON.parse(JSON.stringify(carriedPage({ runs, sweeps: [] }, boardSettings(options)))))
        .runs[0];
    expect(back({})?.data).not.toHaveProperty("system");
    expect(back({ kind: "system" })?.data.system).toEqual(system);
  });

  it("carries pictures, texts and the model's graph where a run has them, as its charts need them", () => {
    const picture = { address: "data:image/png;base64,AAAA", width: 92, height: 46 };
    const media = {
      texts: new Map([["notes", { shown: [{ step: 3, text: "</script> é" }], count: 9 }]]),
      images: new Map([
        ["digits", { shown: [{ step: 1, pictures: [picture, undefined] }], count: 1, most: 2, size: "" }],
      ]),
      graph: [{ name: "dense", kind: "Dense", inputs: ["in"], shapes: [[null, 3]], parameters: 12 }],
    };
    const runs = labelled([exampleRun("a", {})]).map((run) => ({ ...run, media }));
    const settings = boardSettings({ kind: ["images", "text", "graph"] });
    const back = unpackBoard(JSON.parse(JSON.stringify(carriedPage({ runs, sweeps: [] }, settings))));
    expect(back.runs[0]?.media).toEqual(media);
    expect(remarks(back, settings)).toEqual([]);
    expect(sections(back, settings, panelStyle)).toEqual(
      sections({ runs, sweeps: [] }, settings, panelStyle),
    );
    expect(sections(back, settings, panelStyle)).toHaveLength(3);
  });

  it("carries tables, and sounds until they are too many", () => {
    const facts = { sampleRate: 8000, channels: 1, frames: 4000 };
    const clip = { facts, bytes: 400_000, address: `data:audio/wav;base64,${"A".repeat(533_000)}` };
    const table = { step: 1, columns: ["a"], rows: [[1], [null], ["x"]], size: [3, 1], count: 1 } as const;
    const media = {
      texts: new Map(),
      images: new Map(),
      tables: new Map([["wrong", table]]),
      audio: new Map([["tone", { shown: [{ step: 1, clips: [clip, { ...clip }] }], count: 1, most: 2 }]]),
    };
    const runs = labelled([exampleRun("a", {})]).map((run) => ({ ...run, media }));
    const text = JSON.stringify(
      carriedPage({ runs, sweeps: [] }, boardSettings({ kind: ["tables", "audio"] })),
    );
    const back = unpackBoard(JSON.parse(text)).runs[0]?.media;
    expect(back?.tables?.get("wrong")).toEqual(table);
    const clips = back?.audio?.get("tone")?.shown[0]?.clips;
    expect(clips?.map(({ address }) => address?.length)).toEqual([clip.address.length, undefined]);
    expect(clips?.[1]?.facts).toEqual(facts);
  });

  it("carries tables whole, then a few rows of them, then none, as there is room, and says so", () => {
    const row = Array.from({ length: 24 }, (_, i) => `${i} ${"x".repeat(120)}`);
    const table = (step: number) => ({
      step,
      columns: row.map((_, i) => `column ${i}`),
      rows: Array.from({ length: 100 }, () => row),
      size: [100, 24] as const,
      count: 1,
    });
    const settings = boardSettings({ kind: "tables" });
    const paged = (count: number) => {
      const tags = Array.from({ length: count }, (_, step) => [`table ${step}`, table(step)] as const);
      const media = { texts: new Map(), images: new Map(), tables: new Map(tags) };
      const runs = labelled([exampleRun("a", {})]).map((run) => ({ ...run, media }));
      const text = JSON.stringify(carriedPage({ runs, sweeps: [] }, settings));
      expect(text.length).toBeLessThan(450_000);
      const back = unpackBoard(JSON.parse(text));
      return { back, tables: [...(back.runs[0]?.media?.tables?.values() ?? [])] };
    };
    const few = (step: number) => ({ ...table(step), rows: table(step).rows.slice(0, 10) });
    const { back: two, tables } = paged(2);
    expect(tables).toEqual([table(0), few(1)]);
    expect(JSON.stringify(sections(two, settings, panelStyle))).toContain("10 of 100 rows");
    expect(remarks(two, settings)).toEqual([]);
    const { back: many, tables: left } = paged(20);
    expect(left).toEqual(Array.from({ length: 12 }, (_, step) => few(step)));
    expect(remarks(many, settings)).toEqual([
      "The page has no room for 8 tables: table 12 of a, table 13 of a, table 14 of a and 5 more.",
    ]);
  });

  it("leaves out pictures, the first and the last of a tag never, where there are too many for a page", () => {
    const address = `data:image/png;base64,${"A".repeat(20_000)}`;
    const picture = { address, width: 92, height: 92 };
    const shown = Array.from({ length: 8 }, (_, step) => ({ step, pictures: [picture, picture] }));
    const images = new Map([["digits", { shown, count: 8, most: 2, size: "" }]]);
    const runs = labelled(["a", "b", "c", "d", "e", "f"].map((name) => exampleRun(name, {}))).map((run) => ({
      ...run,
      media: { texts: new Map(), images },
    }));
    const data = carriedPage({ runs, sweeps: [] }, boardSettings({ kind: "images" }));
    expect(JSON.stringify(data).length).toBeLessThan(1_000_000);
    const steps = data.runs[0]?.media?.images[0]?.[1].shown.map(({ step }) => step);
    expect([steps?.[0], steps?.at(-1)]).toEqual([0, 7]);
  });

  it("keeps that a histogram is of a sample", () => {
    const run = trainingRun("a", { decay: 0.5 });
    const tag = "weights/dense_1/kernel";
    const points = (run.histograms.get(tag) ?? []).map((point) => ({
      ...point,
      histogram: { ...point.histogram, sampledFrom: 200_704 },
    }));
    const runs = labelled([{ ...run, histograms: new Map([...run.histograms, [tag, points]]) }]);
    const packed = JSON.parse(JSON.stringify(carriedPage({ runs, sweeps: [] }, boardSettings())));
    const { histograms } = unpackBoard(packed).runs[0]?.data ?? {};
    expect(histograms?.get(tag)?.[0]?.histogram.sampledFrom).toBe(200_704);
    expect(histograms?.get("weights/dense_2/kernel")?.[0]?.histogram).not.toHaveProperty("sampledFrom");
  });

  it("stays within its room for twenty long runs, and says that they are thinned", () => {
    const long = Array.from({ length: 30_000 }, (_, i) => Math.sin(i) / 3);
    const scalars = Object.fromEntries(Array.from({ length: 12 }, (_, t) => [`train/${t}`, series(long)]));
    const runs = labelled(
      Array.from({ length: 20 }, (_, r) =>
        exampleRun(
          `r${r}`,
          scalars,
          Object.fromEntries(trainingRun("h", { decay: 0.5, epochs: 1 }).histograms),
        ),
      ),
    );
    const data = carriedPage({ runs, sweeps: [] }, boardSettings());
    expect(data.thinned[0]).toMatch(/^Long series are thinned; every extreme is kept/);
    expect(data.thinned.at(-1)).toContain("tunelab board --port");
    expect(Buffer.byteLength(JSON.stringify(data))).toBeLessThanOrEqual(carriedBytes);
  });

  it("ends also where the names of sounds alone are too many, and says which are left out", () => {
    const facts = { sampleRate: 8000, channels: 1, frames: 4000 };
    const clips = Array.from({ length: 4 }, () => ({ facts, bytes: 8044, address: undefined }));
    const shown = [9, 5, 1].map((step) => ({ step, clips }));
    const audio = new Map(
      Array.from(
        { length: 900 },
        (_, tag) => [`speech/sample ${tag}`, { shown, count: 3, most: 4 }] as const,
      ),
    );
    const runs = labelled(Array.from({ length: 20 }, (_, r) => exampleRun(`r${r}`, {}))).map((run) => ({
      ...run,
      media: { texts: new Map(), images: new Map(), audio },
    }));
    const data = carriedPage({ runs, sweeps: [] }, boardSettings({ kind: "audio" }));
    expect(Buffer.byteLength(JSON.stringify(data))).toBeLessThanOrEqual(carriedBytes);
    const kept = data.runs.map(({ media }) => media?.audio?.length ?? 0);
    expect(Math.min(...kept)).toBeGreaterThan(50);
    expect(data.missing).toEqual([
      expect.stringMatching(/^The page has no room for [\d,]+ tags of sounds: speech\/sample \d+ of r\d+, /),
    ]);
  });

  it("names the newest sound of each tag where not all of them can be named", () => {
    const facts = { sampleRate: 8000, channels: 1, frames: 4000 };
    const clips = Array.from({ length: 4 }, () => ({ facts, bytes: 8044, address: undefined }));
    const shown = [9, 5, 1].map((step) => ({ step, clips }));
    const audio = new Map(
      Array.from({ length: 90 }, (_, tag) => [`speech/${tag}`, { shown, count: 3, most: 4 }] as const),
    );
    const runs = labelled(Array.from({ length: 20 }, (_, r) => exampleRun(`r${r}`, {}))).map((run) => ({
      ...run,
      media: { texts: new Map(), images: new Map(), audio },
    }));
    const data = carriedPage({ runs, sweeps: [] }, boardSettings({ kind: "audio" }));
    expect(Buffer.byteLength(JSON.stringify(data))).toBeLessThanOrEqual(carriedBytes);
    expect(data.runs.map(({ media }) => media?.audio?.length)).toEqual(Array.from({ length: 20 }, () => 90));
    expect(data.runs[19]?.media?.audio?.at(-1)?.[1].shown).toEqual([
      { step: 9, clips: [{ facts, bytes: 8044 }] },
    ]);
    expect(data.missing).toBe(undefined);
  });

  it("lets sounds be heard also where their names are many", () => {
    const facts = { sampleRate: 8000, channels: 1, frames: 4000 };
    const address = `data:audio/wav;base64,${"A".repeat(10_700)}`;
    const clips = () => Array.from({ length: 4 }, () => ({ facts, bytes: 8044, address }));
    const shown = () => [9, 5, 1].map((step) => ({ step, clips: clips() }));
    const runs = labelled(Array.from({ length: 20 }, (_, r) => exampleRun(`r${r}`, {}))).map((run) => ({
      ...run,
      media: {
        texts: new Map(),
        images: new Map(),
        audio: new Map(
          Array.from(
            { length: 90 },
            (_, tag) => [`tone/${tag}`, { shown: shown(), count: 3, most: 4 }] as const,
          ),
        ),
      },
    }));
    const data = carriedPage({ runs, sweeps: [] }, boardSettings({ kind: "audio" }));
    expect(Buffer.byteLength(JSON.stringify(data))).toBeLessThanOrEqual(carriedBytes);
    expect(data.runs.map(({ media }) => media?.audio?.[0]?.[1].shown[0]?.clips[0]?.address)).toEqual(
      Array.from({ length: 20 }, () => address),
    );
  });

  it("carries of models the layers that its charts name, as many as there is room for, and says so", () => {
    const layers = Array.from({ length: 1000 }, (_, l) => ({
      name: `block_${l}/attention/query/projection`,
      kind: "Dense",
      activation: "linear",
      initializer: "glorotUniform",
      units: 64,
      trainable: true,
      parameters: 4160,
      weights: ["kernel", "bias"].map((weight) => `block_${l}/attention/query/projection/${weight}`),
    }));
    const tag = (l: number) => tags.gradientMeanAbs(layers[l]?.weights[0] as string);
    const run = (name: string, logged: readonly number[]) =>
      exampleRun(
        name,
        Object.fromEntries(logged.map((l) => [tag(l), series([1, 2])])),
        {},
        {
          model: { layers, parameters: 9 },
        },
      );
    const page = (logged: readonly number[]) =>
      carriedPage(
        { runs: labelled(Array.from({ length: 20 }, (_, r) => run(`r${r}`, logged))), sweeps: [] },
        boardSettings({ kind: "gradients" }),
      );
    const few = page([500, 7]);
    expect(few.runs[0]?.record.model).toEqual({
      layers: [7, 500].map((l) => ({ name: layers[l]?.name, weights: [layers[l]?.weights[0]] })),
      parameters: 9,
    });
    expect(few.missing).toBe(undefined);
    const many = page(layers.map((_, l) => l));
    expect(Buffer.byteLength(JSON.stringify(many))).toBeLessThanOrEqual(carriedBytes);
    expect(many.runs.at(-1)?.record.model).toEqual({ layers: [], parameters: 9 });
    expect(many.missing?.join(" ")).toMatch(/The page has no room for \d+ models' layers: r\d+, /);
  });
});
