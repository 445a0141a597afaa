import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { binding } from "../../../src/native/binding.js";
import { tf } from "../../../src/native/index.js";
import { adam } from "../../../src/optim/index.js";
import { createCapturedStep } from "../../../src/train/capturedStep.js";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Of this process, after what JavaScript no longer holds was freed. */
function megabytes(): number {
  collect();
  return process.memoryUsage.rss() / 2 ** 20;
}

/** Resident memory after each of `rounds` rounds, the first fifth left out as warm-up. */
async function memoryOver(rounds: number, round: () => void | Promise<void>): Promise<number[]> {
  const samples: number[] = [];
  for (let i = 0; i < rounds; i++) {
    await round();
    if (i >= rounds / 5) samples.push(megabytes());
  }
  return samples;
}

/** From the mean of the first third to the mean of the last, as a share. */
function growth(samples: readonly number[]): number {
  const third = Math.floor(samples.length / 3);
  const mean = (part: readonly number[]) => part.reduce((sum, value) => sum + value, 0) / part.length;
  return mean(samples.slice(-third)) / mean(samples.slice(0, third)) - 1;
}

it("10,000 captured steps, sampled ones among them, do not grow", async () => {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 64, activation: "relu", inputShape: [100] }),
      tf.layers.dropout({ rate: 0.2 }),
      tf.layers.dense({ units: 10, activation: "softmax" }),
    ],
  });
  const step = createCapturedStep(model, { loss: "crossEntropy", optimizer: adam(), clipNorm: 1 });
  const labels = Int32Array.from({ length: 16 }, (_, i) => i % 10);
  let seed = 0;
  const samples = await memoryOver(100, async () => {
    for (let i = 0; i < 100; i++) {
      const batch = { x: tf.randomNormal([16, 100]), y: tf.tensor1d(labels, "int32") };
      const options = { learningRate: 1e-3, seed: seed++ };
      if (i === 0) await step.runSampled(batch, options);
      else await step.run(batch, options);
      tf.dispose([batch.x, batch.y]);
    }
  });
  const tensors = binding.getNumOfTensors();
  expect(growth(samples)).toBeLessThan(0.05);
  expect(tensors).toBeLessThan(60);
  step.dispose();
});

it("10,000 ops on strings, numbers and errors do not grow", async () => {
  const words = Array.from({ length: 8 }, (_, i) => `a text that is longer than a slot, number ${i}`);
  const samples = await memoryOver(100, () => {
    for (let i = 0; i < 50; i++) {
      tf.tidy(() => {
        tf.concat([tf.tensor1d(words), tf.tensor1d(words)]).dataSync();
        tf.matMul(tf.ones([20, 20]), tf.ones([20, 20])).dataSync();
      });
      expect(() => binding.executeOp("Neg", [], [], 1)).toThrow();
    }
  });
  expect(growth(samples)).toBeLessThan(0.05);
  expect(binding.getNumOfTensors()).toBeLessThan(60);
});

it("decoding 30,000 images does not grow", async () => {
  const { decodeJpeg } = createRequire(import.meta.url)("@tensorflow/tfjs-node-gpu/dist/image") as {
    decodeJpeg(contents: Uint8Array): tf.Tensor;
  };
  const image = readFileSync(
    join(import.meta.dirname, "tfjsSuite/fixtures/test_objects/images/image_jpeg_test.jpeg"),
  );
  const tensors = binding.getNumOfTensors();
  const samples = await memoryOver(30, () => {
    for (let i = 0; i < 1000; i++) decodeJpeg(new Uint8Array(image)).dispose();
  });
  // A leak of the 683 bytes that each call hands over would be 4 %.
  expect(growth(samples)).toBeLessThan(0.02);
  expect(binding.getNumOfTensors()).toBe(tensors);
});
