/** Logs of other programs in comparisons and among the best: a series that is known by two names is one. */
import { cpSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bestRuns } from "../../../../src/track/bestRuns.js";
import { compareRuns } from "../../../../src/track/compareRuns.js";
import { openRun } from "../../../../src/track/openRun.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { logWriter } from "./logWriter.js";

type Logged = Readonly<Record<string, readonly number[]>>;

function log(dir: string, series: Logged): void {
  const writer = logWriter(dir);
  for (const [tag, values] of Object.entries(series))
    for (const [step, value] of values.entries()) writer.scalars({ [tag]: value }, step);
  writer.close();
}

test("a series and the one of usual name that was made of it are one metric, with both names", () => {
  const root = temporaryFolder();
  log(join(root, "torch"), { "Loss/val": [3, 1, 2], accuracy_val: [50, 75, 62.5], "Loss/other": [1, 1, 1] });
  log(join(root, "keras"), { val_loss: [4, 2, 3] });
  const ours = openRun({ name: "ours", dir: root, sources: [] });
  for (const [i, loss] of [5, 4].entries()) ours.log({ "epoch/valLoss": loss }, i + 1);
  ours.finish();
  const comparison = compareRuns(["torch", "keras", "ours"], { dir: root });
  expect(comparison.parts.metrics).toEqual([
    {
      ...{ metric: "valLoss", logged: ["Loss/val", "val_loss"], direction: "min" },
      ...{ last: [2, 3, 4], best: [1, 2, 4] },
    },
    {
      ...{ metric: "valAccuracy", logged: ["accuracy_val"], direction: "max" },
      ...{ last: [0.625, undefined, undefined], best: [0.75, undefined, undefined] },
    },
    { metric: "Loss/other", last: [1, undefined, undefined] },
  ]);
  expect(comparison.toString()).toMatch(/^valLoss \(Loss\/val, val_loss\) +smallest +1 +2 +4$/m);
});

test("a validation that was made twice in an epoch is still one metric where its numbers are the same", () => {
  const logs = join(import.meta.dirname, "../../../oracles/tensorboard/logs");
  const root = temporaryFolder();
  cpSync(join(logs, "lightning_logs/version_0"), join(root, "a"), { recursive: true });
  cpSync(join(logs, "lightning_logs/version_0"), join(root, "b"), { recursive: true });
  const { metrics } = compareRuns(["a", "b"], { dir: root }).parts;
  expect(metrics.map(({ metric, logged }) => [metric, logged])).toEqual([
    ["valLoss", ["val_loss"]],
    ["train_loss", undefined],
    ["epoch", undefined],
    ["loss", undefined],
  ]);
});

test("losses of steps stay beside the means that are made of them", () => {
  const root = temporaryFolder();
  const losses = { train_loss: [8, 6, 4, 2], val_loss: [5, 3] };
  for (const name of ["a", "b"]) log(join(root, name), losses);
  const { metrics } = compareRuns(["a", "b"], { dir: root }).parts;
  expect(metrics.map(({ metric, logged }) => [metric, logged])).toEqual([
    ["train_loss", undefined],
    ["valLoss", ["val_loss"]],
    ["loss", undefined],
  ]);
});

test("what a resumed program has written over is neither the best nor an epoch of its own", () => {
  const root = temporaryFolder();
  const writer = logWriter(join(root, "resumed"));
  for (const [step, loss] of [
    [0, 3],
    [1, 2],
    [2, 0.5],
    [1, 2.5],
    [2, 1.5],
  ] as const)
    writer.scalars({ val_loss: loss }, step);
  writer.close();
  for (const [metric, step] of [
    ["val_loss", 2],
    ["valLoss", 3],
  ] as const)
    expect(bestRuns(metric, { dir: root }).rows).toMatchObject([{ value: 1.5, step }]);
});
