/** `npm run test:gpu`: what only a GPU can show. Skipped aloud where none answers. */
import { describe, expect, it } from "vitest";
import { binding } from "../../src/native/binding.js";
import { devices, nativeInfo, tf, withDevice } from "../../src/native/index.js";
import { tensorflow } from "../../src/native/tensorflow.js";
import { tensorId } from "../../src/native/tensorId.js";

const gpu = devices().find((name) => name.startsWith("GPU"));
if (gpu === undefined)
  console.warn(`SKIPPED  tests that need a GPU: TensorFlow ${nativeInfo().tensorflow} has ${devices()}`);

function deviceOf(tensor: tf.Tensor): string {
  const { api, status } = tensorflow();
  const handle = binding.handle(tensorId(tensor), "a test");
  return api.TFE_TensorHandleBackingDeviceName(handle.pointer, status);
}

describe.skipIf(gpu === undefined)("a GPU", () => {
  it("computes where nothing else is said, and its results stay there", () => {
    const x = tf.randomNormal([64, 64]);
    expect(deviceOf(x)).toContain("GPU:0");
    expect(deviceOf(tf.matMul(x, x).relu())).toContain("GPU:0");
  });

  it("gives way to the CPU inside withDevice, with equal numbers up to rounding", () => {
    const x = tf.randomUniform([32, 48], -1, 1, "float32", 3);
    const there = tf.matMul(x, x, false, true);
    const here = withDevice("CPU:0", () => tf.matMul(x, x, false, true));
    expect(deviceOf(here)).toContain("CPU:0");
    expect(tf.max(tf.abs(tf.sub(here, there))).dataSync()[0]).toBeLessThan(1e-2);
  });

  it("differentiates convolutions and trains", async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({ filters: 4, kernelSize: 3, inputShape: [8, 8, 1], activation: "relu" }),
        tf.layers.flatten(),
        tf.layers.dense({ units: 1 }),
      ],
    });
    model.compile({ loss: "meanSquaredError", optimizer: tf.train.adam(0.01) });
    const x = tf.randomNormal([64, 8, 8, 1], 0, 1, "float32", 5);
    const { history } = await model.fit(x, tf.mean(x, [1, 2]), { epochs: 20, verbose: 0 });
    expect(history.loss?.at(-1)).toBeLessThan((history.loss?.[0] as number) / 2);
  });
});
