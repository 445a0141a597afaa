import { describe, expect, it } from "vitest";
import { boardSettings } from "../../../src/board/options.js";
import { pack, pageData } from "../../../src/board/pageData.js";
import { labelled } from "../../../src/board/series.js";
import { unpack, unpackBoard } from "../../../src/board/unpackBoard.js";
import { exampleRun, series, trainingRun } from "./exampleRuns.js";

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
    const back = unpackBoard(JSON.parse(JSON.stringify(pageData({ runs, sweeps: [] }, boardSettings()))));
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
      unpackBoard(JSON.parse(JSON.stringify(pageData({ runs, sweeps: [] }, boardSettings(options))))).runs[0];
    expect(back({})?.data).not.toHaveProperty("system");
    expect(back({ kind: "system" })?.data.system).toEqual(system);
  });

  it("keeps that a histogram is of a sample", () => {
    const run = trainingRun("a", { decay: 0.5 });
    const tag = "weights/dense_1/kernel";
    const points = (run.histograms.get(tag) ?? []).map((point) => ({
      ...point,
      histogram: { ...point.histogram, sampledFrom: 200_704 },
    }));
    const runs = labelled([{ ...run, histograms: new Map([...run.histograms, [tag, points]]) }]);
    const packed = JSON.parse(JSON.stringify(pageData({ runs, sweeps: [] }, boardSettings())));
    const { histograms } = unpackBoard(packed).runs[0]?.data ?? {};
    expect(histograms?.get(tag)?.[0]?.histogram.sampledFrom).toBe(200_704);
    expect(histograms?.get("weights/dense_2/kernel")?.[0]?.histogram).not.toHaveProperty("sampledFrom");
  });

  it("stays below 3 MB for twenty long runs, and says that they are thinned", () => {
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
    const data = pageData({ runs, sweeps: [] }, boardSettings());
    expect(data.thinned).toBe(true);
    expect(JSON.stringify(data).length).toBeLessThan(2_100_000);
  });
});
