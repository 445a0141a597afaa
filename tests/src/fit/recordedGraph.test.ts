/** The graph of a training's model, which `fit` records by itself. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { fit as fitModel } from "../../../src/fit.js";
import { openRun, readRun } from "../../../src/track/index.js";
import type { TrialSeam } from "../../../src/train/seams.js";
import { digits, folder, model, stage, track } from "./trainingScene.js";

stage();

/** How often a run's events say so. */
function occurrences(dir: string, text: string): number {
  const files = readdirSync(join(dir, "main")).filter((name) => name.includes("tfevents"));
  const bytes = files.map((name) => readFileSync(join(dir, "main", name), "latin1")).join("");
  return bytes.split(text).length - 1;
}

it("has the model's layers", async () => {
  const net = model();
  const run = await fitModel(net, digits, { epochs: 1, batchSize: 1000, track: track("graph") });
  const { graph, problems } = readRun(run.dir!);
  expect(problems).toEqual([]);
  const nodes = graph!.nodes();
  expect(nodes.map(({ name, parameters }) => [name, parameters])).toEqual(
    net.layers.map((layer) => [layer.name, layer.countParams()]),
  );
  expect(nodes.slice(1).map(({ inputs }) => inputs)).toEqual(
    net.layers.slice(0, -1).map(({ name }) => [name]),
  );
  expect(nodes.at(-1)!.shapes).toEqual([[null, 10]]);
});

it("is recorded once in a trial's run, however often the trial trains", async () => {
  const run = openRun({ name: "twice", dir: folder });
  const trial: TrialSeam & { run: typeof run } = {
    ...{ number: 0, params: {}, metric: undefined, signal: new AbortController().signal, run },
    ...{ report: () => {}, shouldPrune: () => false },
  };
  for (const _ of [1, 2]) await fitModel(model(), digits, { epochs: 1, batchSize: 1000, trial });
  run.finish();
  expect(readRun(run.dir).graph!.nodes().length).toBeGreaterThan(1);
  expect(occurrences(run.dir, "_output_shapes")).toBe(readRun(run.dir).graph!.nodes().length);
});
