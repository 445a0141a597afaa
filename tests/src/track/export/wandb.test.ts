/** Offline runs that the package wandb wrote for us, read back from its own file with its own messages. */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { exportRuns } from "../../../../src/track/export/exportRuns.js";
import type { RunData } from "../../../../src/track/runData.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { awkwardRuns, bits, readers } from "./awkwardRuns.js";

const root = join(import.meta.dirname, "../../../..");
const python = join(root, ".venv-test/bin/python");

interface Seen {
  run: object;
  config: object;
  rows: Record<string, unknown>[];
  metrics: Record<string, string>;
  summary: Record<string, unknown>;
  exit: number;
}

function wandbReads(folder: string): Seen {
  const { status, stdout, stderr } = spawnSync(python, [readers, "wandb", folder], { encoding: "utf8" });
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout) as Seen;
}

/** wandb writes −0 as 0. */
function sent(value: number): string {
  return bits(value === 0 ? 0 : value);
}

/** Points of a tag with the column that holds their steps. */
function series(rows: Seen["rows"], tag: string, step: string) {
  return rows.flatMap((row) => (tag in row ? [[row[step], row._timestamp, row[tag]]] : []));
}

function points({ scalars }: RunData, tag: string) {
  const { steps, wallTimes, values } = scalars.get(tag)!;
  return Array.from(steps, (step, i) => [bits(step), bits(wallTimes[i]!), sent(values[i]!)]);
}

describe("a run of wandb", () => {
  test("has every point over its own step, the configuration, histograms, and what the run is called", async () => {
    const dir = temporaryFolder();
    const { odd, plain } = awkwardRuns(dir);
    const out = join(dir, "exported");
    const folders = await exportRuns("*", { to: "wandb", out, dir, python, project: "p" });
    expect(folders).toHaveLength(2);
    expect(folders[0]).toMatch(new RegExp(`^${join(out, "wandb")}/offline-run-[\\d_]+-${odd.record.id}$`));
    const seen = wandbReads(folders[0]!);
    expect(seen.run).toEqual({
      id: odd.record.id,
      name: odd.record.name,
      group: "g",
      tags: ["a", "b"],
      notes: "two\nlines",
      project: "p",
    });
    expect(seen.config).toMatchObject({ lr: 0.1, net: { hidden: [8, 4], drop: true }, wild: "NaN", seed: 7 });
    // A metric of the run is called step, so the steps have another name.
    for (const tag of ["train/loss", "@odd, tag", "step"])
      expect(series(seen.rows, tag, "step_")).toEqual(points(odd, tag));
    expect(series(seen.rows, "epoch/valAccuracy", "epoch")).toEqual(points(odd, "epoch/valAccuracy"));
    expect(seen.metrics).toEqual({
      "train/loss": "step_",
      "@odd, tag": "step_",
      step: "step_",
      "epoch/valAccuracy": "epoch",
      "weights/a": "step_",
    });
    expect(seen.rows.at(-1)).toMatchObject({
      step_: bits(2),
      "weights/a/_type": "histogram",
      "weights/a/values": [3, 4],
      "weights/a/bins": [-1, 0, 0.5],
    });
    expect(seen.summary).toMatchObject({ "epoch/valAccuracy": 0.75, "train/loss": 0.5 });
    expect(seen.exit).toBe(0);
    const failed = wandbReads(folders[1]!);
    expect(failed).toMatchObject({ run: { name: "plain", group: "" }, exit: 1 });
    expect(series(failed.rows, "train/loss", "step")).toEqual(points(plain, "train/loss"));
  });

  test("holds only the tags that are wanted", async () => {
    const dir = temporaryFolder();
    const { odd } = awkwardRuns(dir);
    const [folder = ""] = await exportRuns(odd.record.id, {
      to: "wandb",
      out: join(dir, "x"),
      dir,
      python,
      tags: "^epoch/",
    });
    const { rows, metrics } = wandbReads(folder);
    expect(series(rows, "epoch/valAccuracy", "epoch")).toEqual(points(odd, "epoch/valAccuracy"));
    expect(rows.some((row) => "train/loss" in row)).toBe(false);
    expect(Object.keys(metrics)).toContain("epoch/valAccuracy");
    expect(Object.keys(metrics)).not.toContain("train/loss");
  });
});

test("says in one sentence what a Python without wandb needs", async () => {
  const dir = temporaryFolder();
  awkwardRuns(dir);
  const plain = join(root, ".venv/bin/python");
  await expect(exportRuns("*", { to: "wandb", out: join(dir, "x"), dir, python: plain })).rejects.toThrow(
    `export runs to wandb: the Python package wandb must be installed for ${plain}, and is not; ${plain} -m pip install wandb, or name another Python (--python)`,
  );
  expect(readdirSync(join(dir, "x"))).toEqual([]);
});
