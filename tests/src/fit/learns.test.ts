/** Trainings that end by themselves: what they learn, record and show. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { evaluate } from "../../../src/evaluate/evaluate.js";
import { fit as fitModel } from "../../../src/fit.js";
import { cnn, load, save } from "../../../src/models/index.js";
import { adam } from "../../../src/optim/index.js";
import { readRun } from "../../../src/track/index.js";
import { digits, folder, model, stage, track } from "./trainingScene.js";

const scene = stage();

it("learns digits, records the run, and leaves a model that can be kept", async () => {
  const trained = model();
  const run = await fitModel(trained, digits, {
    optimizer: adam({ learningRate: 2e-3 }),
    epochs: 4,
    batchSize: 32,
    track: track("learns"),
  });
  expect(run.history.loss).toHaveLength(4);
  expect(run.best("valAccuracy")).toBeGreaterThan(0.88);
  if (!digits.test || !run.dir) throw new Error("there is a test split and a run");
  const result = await evaluate(trained, digits.test);
  expect(result.accuracy).toBeGreaterThan(0.87);

  const { record, scalars, histograms, problems } = readRun(run.dir);
  expect(problems).toEqual([]);
  expect(record).toMatchObject({
    name: "learns",
    status: "finished",
    seed: 0,
    config: {
      optimizer: "adam",
      learningRate: 2e-3,
      epochs: 4,
      batchSize: 32,
      dataset: "digits",
      model: "mlp",
    },
  });
  expect(record.model?.layers.map((layer) => layer.name)).toEqual([
    "input",
    "flatten",
    "hidden_1",
    "hidden_1_dropout",
    "output",
  ]);
  expect(record.environment).toMatchObject({
    threads: { intraOp: expect.any(Number) },
    oneDNN: expect.any(Boolean),
  });
  expect([...(scalars.get("epoch/valAccuracy")?.values ?? [])]).toEqual(run.history.valAccuracy);
  expect([...(scalars.get("epoch/loss")?.steps ?? [])]).toEqual([1, 2, 3, 4]);
  expect(scalars.get("train/loss")?.values).toHaveLength(4 * 94);
  expect(histograms.get("gradients/hidden_1/kernel")?.length).toBe(19);

  await save(trained, join(folder, "model"));
  expect((await evaluate(await load(join(folder, "model")), digits.test)).predictions).toEqual(
    result.predictions,
  );
  expect(scene.shown.at(-1)).toMatch(
    /^learns: finished, 4 epochs in \d+(?::\d\d min| s) · loss 0\.\d+ · accuracy .* · valAccuracy 0\.\d+$/,
  );
});

it("shows and records shares as they are: 0.9702, not what float32 makes of it", async () => {
  const run = await fitModel(model(), digits, { epochs: 2, track: track("shares") });
  const { scalars, record } = readRun(run.dir ?? "");
  for (const value of run.history.valAccuracy) expect(String(value)).toMatch(/^0\.\d{1,3}$/);
  expect([...(scalars.get("epoch/valAccuracy")?.values ?? [])]).toEqual(run.history.valAccuracy);
  expect(record.summary["epoch/valAccuracy"]?.last).toBe(run.history.valAccuracy.at(-1));
});

it("gives the same digits twice, tracked or not", async () => {
  const once = async (options: object) => {
    const trained = model(3);
    const run = await fitModel(trained, digits, { epochs: 1, seed: 5, progress: false, ...options });
    return { history: run.history, weights: trained.getWeights().map((weight) => [...weight.dataSync()]) };
  };
  const first = await once({ track: track("twice") });
  expect(await once({ track: track("twice") })).toEqual(first);
  expect(await once({ track: false })).toEqual(first);
});

it("records nothing and shows nothing when asked to", async () => {
  const before = readdirSync(folder).length;
  const run = await fitModel(model(), digits, { epochs: 1, batchSize: 500, track: false, progress: false });
  expect([run.dir, run.id, run.status]).toEqual([undefined, undefined, "finished"]);
  expect(() => run.doctor()).toThrow('The doctor needs a recorded run; "mlp" was trained with track: false');
  expect(readdirSync(folder)).toHaveLength(before);
  expect(scene.shown).toEqual([]);
});

it("lets others run while it trains", async () => {
  const gaps: number[] = [];
  let last = performance.now();
  const timer = setInterval(() => {
    gaps.push(performance.now() - last);
    last = performance.now();
  }, 5);
  // Long enough for a quick machine to be asked several times.
  await fitModel(model(), digits, { epochs: 40, batchSize: 32, track: false });
  clearInterval(timer);
  expect(gaps.length).toBeGreaterThan(3);
  // 50 ms between turns and one step; the rest is the machine's, which may pause besides.
  const [middle] = gaps.toSorted((a, b) => a - b).slice(gaps.length / 2);
  expect(middle).toBeLessThan(500);
});

it("trains a network of convolutions, batch normalisation and dropout", async () => {
  const net = cnn({ inputShape: [28, 28, 1], filters: [8], classes: 10, batchNorm: true, dropout: 0.1 });
  const run = await fitModel(net, digits, {
    optimizer: adam({ learningRate: 0.01 }),
    epochs: 2,
    track: track("cnn"),
  });
  expect(run.best("valAccuracy")).toBeGreaterThan(0.8);
  const { scalars } = readRun(run.dir ?? "");
  expect([...scalars.keys()]).toEqual(
    expect.arrayContaining(["gradientL2/conv_1_norm/gamma", "activationZero/conv_1_activation"]),
  );
});

it("writes run.json with the source that the host says", async () => {
  const run = await fitModel(model(), digits, { epochs: 1, batchSize: 1000, track: track("source") });
  expect(JSON.parse(readFileSync(join(run.dir ?? "", "run.json"), "utf8")).code.length).toBeGreaterThan(0);
});
