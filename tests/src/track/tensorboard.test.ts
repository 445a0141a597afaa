import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { openRun } from "../../../src/track/openRun.js";
import { resumeRun } from "../../../src/track/resumeRun.js";
import { readRun } from "../../../src/track/runReader.js";
import { temporaryFolder } from "./temporaryFolder.js";

/** TensorBoard 2.21 from PyPI, in the environment for tests. */
const python = join(import.meta.dirname, "../../../.venv-test/bin/python");
const script = join(import.meta.dirname, "../../oracles/tensorboard/read_logdir.py");

interface Seen {
  runs: Record<
    string,
    {
      scalars: Record<string, [step: number, wallTime: number, value: number | string][]>;
      histograms: Record<string, [step: number, wallTime: number, rows: number[][]][]>;
      descriptions: Record<string, string>;
    }
  >;
  hparams: { name: string; type: string; domainDiscrete?: unknown[] }[];
  groups: { name: string; hparams: Record<string, unknown>; sessions: { name: string; status: string }[] }[];
}

function tensorBoardReads(logdir: string): Seen {
  if (!existsSync(python)) throw new Error(`this test needs ${python} with tensorboard 2.21`);
  const result = spawnSync(python, [script, logdir], { encoding: "utf8", maxBuffer: 2 ** 28 });
  expect(result.status, result.stderr).toBe(0);
  return JSON.parse(result.stdout) as Seen;
}

/** What TensorBoard's server can hold of a value, as the script writes it. */
function float32(value: number): number | string {
  const single = Math.fround(value);
  if (Number.isNaN(single)) return "nan";
  return Number.isFinite(single) ? single : single > 0 ? "inf" : "-inf";
}

const awkward = [0, -0, 1 / 3, 1e-45, 1e-300, 1e300, -1e300, Number.NaN, Infinity, -Infinity, 2 ** 24 + 1];

describe("TensorBoard's own readers", () => {
  test("see every scalar, at its step and time", () => {
    const root = temporaryFolder();
    let time = 1.7e9;
    const clock = { wallTime: () => (time += 0.125) };
    const run = openRun({ name: "scalars", dir: root, sources: [], clock });
    const steps = [0, 1, 2, 127, 128, 300, 16384, 2 ** 31, 2 ** 33, 2 ** 40, 2 ** 41];
    const times = steps.map((step, i) => {
      run.log({ "train/loss": awkward[i]!, "größe <b>&": i / 7 }, step);
      return time;
    });
    run.finish();

    const seen = tensorBoardReads(root).runs[`${basename(run.dir)}/main`]!;
    expect(seen.scalars["train/loss"]).toEqual(
      steps.map((step, i) => [step, times[i], float32(awkward[i]!)]),
    );
    expect(seen.scalars["größe <b>&"]).toEqual(steps.map((step, i) => [step, times[i], float32(i / 7)]));
  });

  test("see every bin of every histogram", () => {
    const root = temporaryFolder();
    const run = openRun({ name: "histograms", dir: root, sources: [] });
    const histograms = [
      { edges: Float64Array.of(-1.5, 0, 1 / 3, 2e300), counts: Float64Array.of(3, 0, 2 ** 40) },
      { edges: Float64Array.of(5, 5), counts: Float64Array.of(7) },
      { edges: new Float64Array(), counts: new Float64Array() },
    ];
    for (const [step, histogram] of histograms.entries())
      run.histogram("gradients/dense_1/kernel", histogram, step);
    run.finish();

    const seen =
      tensorBoardReads(root).runs[`${basename(run.dir)}/main`]!.histograms["gradients/dense_1/kernel"]!;
    const rows = histograms.map(({ edges, counts }) =>
      Array.from(counts, (count, bin) => [edges[bin], edges[bin + 1], count]),
    );
    expect(seen.map(([step, , bins]) => [step, bins])).toEqual(rows.map((bins, step) => [step, bins]));
  });

  test("are told which histograms are of a sample, as our own reader is", () => {
    const root = temporaryFolder();
    const run = openRun({ name: "sampled", dir: root, sources: [] });
    const histogram = { edges: Float64Array.of(0, 1), counts: Float64Array.of(16_384) };
    run.histogram("weights/of a sample", { ...histogram, sampledFrom: 200_704 }, 3);
    run.histogram("weights/of all", histogram, 3);
    run.finish();

    const seen = tensorBoardReads(root).runs[`${basename(run.dir)}/main`]!;
    expect(seen.descriptions).toEqual({
      "weights/of a sample": "from a fixed sample of its 200,704 entries",
    });
    expect(seen.histograms["weights/of a sample"]![0]![2]).toEqual([[0, 1, 16_384]]);
    const { histograms } = readRun(run.dir);
    expect(histograms.get("weights/of a sample")![0]!.histogram).toEqual({
      ...histogram,
      sampledFrom: 200_704,
    });
    expect(histograms.get("weights/of all")![0]!.histogram).toEqual(histogram);
  });

  test("show the hyper-parameters of every run, and how each ended", () => {
    const root = temporaryFolder();
    const first = openRun({
      name: "first",
      dir: root,
      sources: [],
      config: { lr: 1e-3, optimizer: { kind: "adam", nesterov: false }, hidden: [64, 32] },
    });
    first.log({ "epoch/valAccuracy": 0.75 }, 1);
    first.finish();
    const second = openRun({ name: "second", dir: root, sources: [], config: { lr: 0.1, extra: 5 } });
    second.log({ "epoch/valAccuracy": 0.25 }, 1);
    second.finish("failed", new Error("no memory"));

    const { hparams, groups } = tensorBoardReads(root);
    expect(hparams.map(({ name }) => name).sort()).toEqual([
      "extra",
      "hidden",
      "lr",
      "optimizer.kind",
      "optimizer.nesterov",
    ]);
    const byName = new Map(groups.map((group) => [group.name, group]));
    expect(byName.get("first")).toMatchObject({
      hparams: { lr: 1e-3, "optimizer.kind": "adam", "optimizer.nesterov": false, hidden: "[64,32]" },
      sessions: [{ name: `${basename(first.dir)}/main`, status: "STATUS_SUCCESS" }],
    });
    expect(byName.get("second")).toMatchObject({
      hparams: { lr: 0.1, extra: 5 },
      sessions: [{ name: `${basename(second.dir)}/main`, status: "STATUS_FAILURE" }],
    });
  });

  test("see a resumed run as one series", () => {
    const root = temporaryFolder();
    const run = openRun({ name: "resumed", dir: root, sources: [] });
    for (let step = 0; step < 100; step++) run.log({ loss: step }, step);
    run.finish("interrupted");
    const resumed = resumeRun(run.id, { dir: root });
    for (let step = 100; step < 200; step++) resumed.log({ loss: step }, step);
    resumed.finish();

    const seen = tensorBoardReads(root).runs[`${basename(run.dir)}/main`]!.scalars.loss!;
    expect(seen.map(([step, , value]) => [step, value])).toEqual(
      Array.from({ length: 200 }, (_, step) => [step, step]),
    );
  });
});
