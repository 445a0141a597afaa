/** Logs that PyTorch, Lightning, tensorboardX and Keras wrote, against what TensorBoard's own reader sees in them. */
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { boardSources } from "../../../../src/board/sources.js";
import { doctor } from "../../../../src/doctor/index.js";
import { findRuns } from "../../../../src/track/findRuns.js";
import { openRun } from "../../../../src/track/openRun.js";
import { resumeRun } from "../../../../src/track/resumeRun.js";
import { readRun } from "../../../../src/track/runReader.js";
import { runs } from "../../../../src/track/runs.js";
import { temporaryFolder } from "../temporaryFolder.js";

const oracles = join(import.meta.dirname, "../../../oracles/tensorboard");
const logs = join(oracles, "logs");

interface Seen {
  scalars: Record<string, [step: number, wallTime: number, value: number | string][]>;
  histograms: Record<string, [step: number, wallTime: number, rows: number[][]][]>;
  hparams: Record<string, unknown>;
}
const folders = JSON.parse(readFileSync(join(oracles, "logs.json"), "utf8")) as Record<string, Seen>;

/** Folders of which a run is made, with the names that their series have in it. */
const joined: Record<string, Record<string, (tag: string) => string>> = {
  keras: {
    "keras/train": (tag) => `train/${tag}`,
    "keras/validation": (tag) => `validation/${tag}`,
  },
  pytorch: {
    pytorch: (tag) => tag,
    "pytorch/both_train": () => "both/train",
    "pytorch/both_val": () => "both/val",
  },
};

/** What TensorBoard sees in each run. */
const seen: Record<string, Seen> = { ...folders };
for (const [run, parts] of Object.entries(joined)) {
  const all = { scalars: {}, histograms: {}, hparams: {} };
  for (const [folder, name] of Object.entries(parts)) {
    const renamed = (points: object) =>
      Object.fromEntries(Object.entries(points).map(([tag, series]) => [name(tag), series]));
    Object.assign(all.scalars, renamed(folders[folder]!.scalars));
    Object.assign(all.histograms, renamed(folders[folder]!.histograms));
    delete seen[folder];
  }
  seen[run] = all;
}

/** Copied, so that a test may change it; written two minutes ago. */
function copied(): string {
  const root = join(temporaryFolder(), "logs");
  cpSync(logs, root, { recursive: true });
  const before = Date.now() / 1000 - 120;
  for (const file of files(root)) utimesSync(join(root, file), before, before);
  return root;
}

function files(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

/** As the script wrote it. */
function named(value: number): number | string {
  if (Number.isNaN(value)) return "nan";
  return Number.isFinite(value) ? value : value > 0 ? "inf" : "-inf";
}

describe("runs of other programs", () => {
  test("are the folders with event files and what is joined of them, called by their paths", () => {
    expect(
      runs({ dir: logs })
        .rows.map(({ name }) => name)
        .sort(),
    ).toEqual(Object.keys(seen).sort());
    expect(findRuns("pytorch/trial-0", { dir: logs })).toEqual([join(logs, "pytorch/trial-0")]);
    expect(
      findRuns("pytorch*", { dir: logs })
        .map((dir) => relative(logs, dir))
        .sort(),
    ).toEqual(["pytorch", "pytorch/trial-0"]);
    expect(findRuns(join(logs, "keras"), { dir: temporaryFolder() })).toEqual([join(logs, "keras")]);
    expect(() => findRuns("pytorch/trail-0", { dir: logs })).toThrow('the nearest are "pytorch/trial-0"');
  });

  test.each(Object.keys(seen))("%s: every scalar and histogram is as TensorBoard reads it", (name) => {
    const run = readRun(join(logs, name));
    const expected = seen[name]!;
    const scalars = Object.fromEntries(
      [...run.scalars].map(([tag, { steps, values, wallTimes }]) => [
        tag,
        Array.from(steps, (step, i) => [step, wallTimes[i], named(values[i]!)]),
      ]),
    );
    expect(scalars).toEqual(expected.scalars);
    // Edges of the older kind of histogram are float64 in the file; TensorBoard's reader makes them float32.
    const edge = (value: number | undefined) => Math.fround(value ?? Number.NaN);
    const histograms = Object.fromEntries(
      [...run.histograms].map(([tag, points]) => [
        tag,
        points.map(({ step, wallTime, histogram: { edges, counts } }) => [
          step,
          wallTime,
          Array.from(counts, (count, i) => [edge(edges[i]), edge(edges[i + 1]), count]),
        ]),
      ]),
    );
    const rounded = Object.entries(expected.histograms).map(([tag, points]) => [
      tag,
      points.map(([step, time, rows]) => [
        step,
        time,
        rows.map(([left, right, count]) => [edge(left), edge(right), count]),
      ]),
    ]);
    expect(histograms).toEqual(Object.fromEntries(rounded));
    expect(run.record.config).toEqual(expected.hparams);
    expect(run.problems).toEqual([]);
  });

  test("are listed, asked and sorted as ours are, and nothing is written among them", () => {
    const root = copied();
    const before = files(root);
    const [trial] = runs({ dir: root, where: "optimizer = sgd and hparam/accuracy > 0.8" }).rows;
    expect(trial).toMatchObject({ name: "pytorch/trial-0", status: "finished", config: { lr: 0.1 } });
    const [plain] = runs({ dir: root, runs: "pytorch" }).rows;
    const { scalars, histograms } = seen.pytorch!;
    const points = [...Object.values(scalars), ...Object.values(histograms)].flat();
    const times = points.map(([, time]) => time);
    expect(plain).toMatchObject({ status: "unknown", metrics: { "Loss/train": Math.fround(2 / 6) } });
    expect(plain!.duration).toBeCloseTo(Math.max(...times) - Date.parse(plain!.createdAt) / 1000, 6);
    expect(runs({ dir: root, sort: "-lr" }).rows[0]?.name).toBe("pytorch/trial-0");
    expect(runs({ dir: root }).rows.map(({ id }) => id)).toEqual(
      runs({ dir: root }).rows.map(({ id }) => id),
    );
    expect(boardSources([root]).runs).toHaveLength(Object.keys(seen).length);
    expect(() => resumeRun(join(root, "pytorch"))).toThrow("must be one that this library wrote");
    expect(files(root)).toEqual(before);
  });

  test("are running while their files grow", () => {
    const root = copied();
    const file = join(root, files(root).find((name) => name.startsWith("pytorch/events")) ?? "");
    utimesSync(file, Date.now() / 1000, Date.now() / 1000);
    expect(runs({ dir: root, runs: "pytorch" }).rows[0]?.status).toBe("running");
  });

  test("stand beside ours; what our runs hold is none of their own", () => {
    const root = copied();
    openRun({ name: "ours", dir: root, sources: [] }).finish();
    const names = runs({ dir: root }).rows.map(({ name }) => name);
    expect(names).toHaveLength(Object.keys(seen).length + 1);
    expect(names.at(-1)).toBe("ours");
  });

  test("are found behind links, once, and not where programs hide things", () => {
    const root = temporaryFolder();
    symlinkSync(join(logs, "keras"), join(root, "linked"));
    symlinkSync(root, join(root, "round"));
    symlinkSync(join(root, "nowhere"), join(root, "broken"));
    for (const hidden of [".cache", "node_modules"])
      cpSync(join(logs, "keras"), join(root, hidden), { recursive: true });
    mkdirSync(join(root, "profile"));
    writeFileSync(join(root, "profile", "events.out.tfevents.1.host.profile-empty"), "");
    expect(
      runs({ dir: root })
        .rows.map(({ name }) => name)
        .sort(),
    ).toEqual(["linked"]);
  });

  test("with broken files are read as far as they go", () => {
    const root = copied();
    const folder = join(root, "pytorch/trial-0");
    const [name] = readdirSync(folder);
    const file = join(folder, String(name));
    writeFileSync(file, readFileSync(file).subarray(0, -20));
    expect(readRun(folder).problems).toMatchObject([{ kind: "truncated" }]);
    expect(runs({ dir: root, runs: "pytorch/trial-0" }).rows[0]?.config).toMatchObject({ lr: 0.1 });
    writeFileSync(file, "no events at all");
    expect(runs({ dir: root, runs: "pytorch/trial-0" }).rows).toMatchObject([{ config: {}, metrics: {} }]);
  });
});

describe("the doctor", () => {
  test("says of each rule that it has not enough of logs that hold none of what it needs", async () => {
    const [diagnosis] = await doctor("tensorboardX/hp", { dir: logs });
    expect(diagnosis?.headline).toBe("not enough recorded to judge");
    expect(diagnosis?.outcomes.map(({ missing }) => missing).every(Boolean)).toBe(true);
  });
});
