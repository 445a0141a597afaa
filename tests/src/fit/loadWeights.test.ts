import { truncateSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { fit as fitModel } from "../../../src/fit.js";
import { loadWeights } from "../../../src/fitWeights.js";
import { mlp } from "../../../src/models/index.js";
import type { tf } from "../../../src/native/index.js";
import { adam, ema } from "../../../src/optim/index.js";
import { temporaryFolder } from "../track/temporaryFolder.js";
import { digits, model, stage } from "./trainingScene.js";

stage();
const weights = (of: tf.LayersModel) => of.getWeights().map((weight) => [...weight.dataSync()]);

it("gives the weights of the best epoch, averaged where they are, or of the newest checkpoint", async () => {
  const dir = temporaryFolder();
  const kept: number[][][] = [];
  const run = await fitModel(model(), digits, {
    // Too high a rate: the best epoch is not the last.
    optimizer: ema(adam({ learningRate: 0.2 }), { decay: 0.5 }),
    epochs: 5,
    batchSize: 100,
    checkpoint: { keepLast: 1 },
    track: { dir, name: "wild" },
    callbacks: {
      epoch({ model: given, pull }) {
        pull();
        kept.push(weights(given));
      },
    },
  });
  const best = run.bestEpoch("valLoss");
  const other = mlp({ inputShape: [28, 28, 1], hidden: [64], classes: 10, dropout: 0.1, seed: 9 });
  const { epochs, steps } = loadWeights(other, "wild", { dir });
  expect([epochs, steps]).toEqual([best, 30 * best]);
  expect(weights(other)).toEqual(kept[best - 1]);
  expect(loadWeights(other, run.dir as string, { checkpoint: "newest" }).epochs).toBe(5);
  expect(weights(other)).toEqual(kept[4]);
});

it("refuses other models and runs without a whole checkpoint, and changes nothing then", async () => {
  const dir = temporaryFolder();
  const track = (name: string) => ({ dir, name });
  const run = await fitModel(model(), digits, {
    epochs: 1,
    batchSize: 500,
    checkpoint: true,
    track: track("one"),
  });
  const wider = mlp({ inputShape: [28, 28, 1], hidden: [65], classes: 10 });
  const before = weights(wider);
  expect(() => loadWeights(wider, "one", { dir })).toThrow(
    "whose hidden_1/kernel is [784,64]; hidden_1/kernel is [784,65]",
  );
  const deeper = mlp({ inputShape: [28, 28, 1], hidden: [64, 3], classes: 10 });
  expect(() => loadWeights(deeper, "one", { dir })).toThrow('with 4 weights; "mlp" has 6');
  expect(weights(wider)).toEqual(before);
  expect(() => loadWeights(model(), "one", { dir, checkpoint: "last" as "best" })).toThrow(
    'to be "best" or "newest"; it was given "last"',
  );
  expect(() => loadWeights(model(), "two", { dir })).toThrow('find run "two"');
  await fitModel(model(), digits, { epochs: 1, batchSize: 500, track: track("bare") });
  expect(() => loadWeights(model(), "bare", { dir })).toThrow('"bare" has none that is whole');
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  truncateSync(join(run.dir as string, "checkpoints/step-000000006.safetensors"), 5000);
  expect(() => loadWeights(model(), "one", { dir })).toThrow('"one" has none that is whole');
  expect(warn.mock.calls.flat().join()).toContain("step-000000006.safetensors is damaged and passed over");
  warn.mockRestore();
});
