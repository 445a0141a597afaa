import { describe, expect, it } from "vitest";
import { Interrupted } from "../../src/base/errors.js";
import { stopDrawing } from "../../src/board/render/drawing.js";
import { arrays } from "../../src/data/arrays.js";
import { adam, lrFinder, models, sgd, tf, fit as train } from "../../src/index.js";

/** A line through noiseless points: one weight of curvature 2·mean(x²), so that SGD diverges above 1 / mean(x²). */
const xs = Array.from({ length: 64 }, (_, i) => (i % 2 === 0 ? 1 : -1));
const line = arrays({ x: xs.map((x) => [x]), y: xs.map((x) => 3 * x), validation: 16, seed: 1 });
const linear = () =>
  tf.sequential({
    layers: [tf.layers.dense({ units: 1, useBias: false, inputShape: [1], kernelInitializer: "zeros" })],
  });
const options = { optimizer: sgd(), batchSize: 48, smoothing: 0, from: 1e-4, to: 100, steps: 60 } as const;
const weightsOf = (model: tf.LayersModel) => model.getWeights().map((weight) => [...weight.dataSync()]);

describe("a range test", () => {
  it("follows gradient descent on paper, until the loss diverges", async () => {
    const found = await lrFinder(linear(), line, { ...options, divergence: 1e6 });
    let weight = 0;
    found.rates.forEach((rate, i) => {
      expect(Math.log(rate)).toBeCloseTo(Math.log(1e-4) + (i * Math.log(1e6)) / 59, 9);
      // Above, each step takes it further away, its rounding errors too.
      if (rate >= 1) return;
      const wanted = (weight - 3) ** 2;
      expect(Math.abs((found.losses[i] as number) - wanted)).toBeLessThan(Math.max(1e-4 * wanted, 1e-5));
      weight -= rate * 2 * (weight - 3);
    });
    expect(found.smoothed).toEqual(found.losses);
    expect(found.diverged).toBe(true);
    expect(found.rates.length).toBeLessThan(60);
    expect(found.steepest).toBeGreaterThan(0.01);
    expect(found.steepest).toBeLessThan(1);
    expect(found.minimumOverTen).toBeLessThan(0.2);
  });

  it("scales the loss in float16, and takes no step where that overflows", async () => {
    const plain = await lrFinder(linear(), line, options);
    const scaled = await lrFinder(linear(), line, { ...options, precision: "float16" });
    expect(scaled.losses).toEqual(plain.losses);
    const lossScale = { initial: 2 ** 127 };
    const found = await lrFinder(linear(), line, { ...options, precision: "float16", lossScale });
    // 9 · 2¹²⁷ and 2 · 3 · 2¹²⁶ are beyond float32.
    expect(found.losses.slice(0, 3)).toEqual([9, 9, 9]);
    expect(found.losses[3]).toBeLessThan(9);
    expect(found.losses.slice(3).every(Number.isFinite)).toBe(true);
  });

  it("leaves the model as it was, and no tensors behind", async () => {
    const model = models.mlp({ inputShape: [1], hidden: [4], outputs: 1, batchNorm: true });
    const before = weightsOf(model);
    await lrFinder(model, line, options);
    const tensors = tf.memory().numTensors;
    const found = await lrFinder(model, line, { steps: 20, to: 1, optimizer: adam() });
    expect(tf.memory().numTensors).toBe(tensors);
    expect(weightsOf(model)).toEqual(before);
    expect(found.diverged).toBe(false);
    expect(found.rates).toHaveLength(20);
    expect(await lrFinder(model, line, { steps: 20, to: 1, optimizer: adam() })).toEqual(found);
  });

  it("is interrupted by a signal, and gives the weights back", async () => {
    const model = linear();
    const controller = new AbortController();
    const testing = lrFinder(model, line, { ...options, signal: controller.signal });
    await expect(train(model, line, { track: false, epochs: 1 })).rejects.toThrowError(
      /fit needs a model that is not/,
    );
    controller.abort();
    await expect(testing).rejects.toThrowError(Interrupted);
    expect(weightsOf(model)).toEqual([[0]]);
  });

  it("shows itself in all four ways, its numbers among them", async () => {
    const found = await lrFinder(linear(), line, options);
    const bundle = await found.toMimeBundle();
    await stopDrawing();
    expect(String(bundle["text/plain"])).toMatch(
      /^sequential_\d+: \d+ rates from 0.0001 to .*falls fastest at 0\.\d+/,
    );
    expect(String(bundle["image/svg+xml"])).toContain("learning rate");
    expect(String(bundle["image/svg+xml"])).toContain("steepest");
    expect(Buffer.from(String(bundle["image/png"]), "base64").subarray(1, 4).toString()).toBe("PNG");
    const spec = JSON.stringify(bundle["application/vnd.vegalite.v5+json"]);
    expect(spec).toContain('"type":"log"');
    expect(spec.length).toBeLessThan(20_000);
  });
});

it.each([
  [{ form: 1 }, /lrFinder needs options it knows; it was given "form", the nearest is "from"/],
  [{ from: 0 }, /lrFinder's from must be above 0, but is 0/],
  [{ from: 1, to: 0.1 }, /lrFinder's to must be above its from, but from is 1 and to is 0\.1$/],
  [{ from: 20 }, /lrFinder's to must be above its from, but from is 20 and to is 10$/],
  [{ from: 1, to: 1 }, /lrFinder's to must be above its from, but from is 1 and to is 1$/],
  [{ steps: 5 }, /lrFinder's steps must be at least 10/],
  [{ smoothing: 1 }, /smoothing .* below 1/],
  [{ optimizer: "sgd" }, /it was given "sgd": write sgd\(\)/],
])("refuses %o", async (wrong, message) => {
  await expect(lrFinder(linear(), line, wrong as never)).rejects.toThrowError(message);
});
