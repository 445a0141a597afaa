import { describe, expect, it } from "vitest";
import { capture, data, fit as fitModel, models, profileOps, tf } from "../../../src/index.js";

const cost = (ops: Awaited<ReturnType<typeof profileOps>>["ops"], name: string) =>
  ops.find((op) => op.name === name);

const needsWork = "profileOps needs a function that does the work, such as () => model.predict(x);";

describe("profileOps", () => {
  it("counts ops and their time, only while the work runs, dearest first", async () => {
    const a = tf.ones([400, 400]);
    tf.matMul(a, a).dispose();
    const begin = performance.now();
    const { value, ops } = await profileOps(() => {
      for (let i = 0; i < 5; i++) tf.matMul(a, a).dispose();
      return tf.sum(a).dataSync()[0];
    });
    const wall = performance.now() - begin;
    expect(value).toBe(160_000);
    expect(cost(ops, "MatMul")?.calls).toBe(5);
    expect(cost(ops, "Sum")?.calls).toBe(1);
    const total = ops.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    expect(total).toBeGreaterThan(0);
    expect(total).toBeLessThanOrEqual(wall);
    expect(ops.map(({ milliseconds }) => milliseconds)).toEqual(
      ops.map(({ milliseconds }) => milliseconds).toSorted((x, y) => y - x),
    );
    tf.matMul(a, a).dispose();
    expect(cost((await profileOps(() => undefined)).ops, "MatMul")).toBeUndefined();
  });

  it("adds up what products compute and what ops put out", async () => {
    const [a, b] = [tf.ones([30, 50]), tf.ones([50, 70])];
    const { ops } = await profileOps(() => tf.tidy(() => void [1, 2].map(() => tf.matMul(a, b).neg())));
    expect(cost(ops, "MatMul")).toMatchObject({
      calls: 2,
      flops: 2 * 2 * 30 * 50 * 70,
      bytes: 2 * 30 * 70 * 4,
    });
    expect(cost(ops, "Neg")).toMatchObject({ calls: 2, flops: undefined, bytes: 2 * 30 * 70 * 4 });
    tf.dispose([a, b]);
  });

  it("tells the most that tensors took at once, those from before included", async () => {
    const before = await profileOps(() => 1);
    const { peakBytes } = await profileOps(() => {
      for (let i = 0; i < 3; i++) tf.tidy(() => void tf.range(0, 250_000).neg());
      return tf.tidy(() => tf.range(0, 100_000).neg().dataSync()[0]);
    });
    // The range lies on the host first: it is TensorFlow's from when it is used.
    expect(peakBytes - before.peakBytes).toBe(2 * 1_000_000);
    expect((await profileOps(() => 1)).peakBytes).toBe(before.peakBytes);
    const kept = tf.tidy(() => tf.range(0, 1000).neg());
    expect((await profileOps(() => 1)).peakBytes).toBe(before.peakBytes + 4000);
    kept.dispose();
  });

  it("counts captures and what they cost beside later calls", async () => {
    const { value, captures } = await profileOps(() => {
      const half = capture((x: tf.Tensor) => tf.mul(x, 0.5));
      tf.tidy(() => {
        for (const size of [2, 3, 2]) half(tf.ones([size]));
      });
      return half.captures.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    });
    expect(captures.count).toBe(2);
    // Of the same stretches of time: the profile's ends a little earlier.
    expect(captures.tracing).toBeGreaterThan(0);
    expect(captures.tracing).toBeLessThanOrEqual(value);
    expect(captures.firstRuns).toBeGreaterThan(0);
    const later = await profileOps(() => tf.tidy(() => void tf.neg(1)));
    expect(later.captures).toEqual({ count: 0, tracing: 0, firstRuns: 0 });
  });

  it("tells first runs from all runs of a captured function", async () => {
    const half = capture((x: tf.Tensor) => tf.mul(x, 0.5), { name: "half" });
    const run = () => tf.tidy(() => void half(tf.ones([5])));
    const first = await profileOps(run);
    expect(first.captures.firstRuns).toBe(cost(first.ops, "captured half")?.milliseconds);
    expect((await profileOps(run)).captures).toEqual({ count: 0, tracing: 0, firstRuns: 0 });
  });

  it("ends with work that fails", async () => {
    await expect(profileOps(() => Promise.reject(new RangeError("no")))).rejects.toThrow("no");
    expect((await profileOps(() => 1)).ops).toEqual([]);
  });

  it("sees a training's captured steps as one op, and each of their ops when asked", async () => {
    const x = Array.from({ length: 64 }, (_, i) => [i % 2, 1 - (i % 2)]);
    const points = data.arrays({ x, y: x.map(([one = 0]) => one), classes: 2 });
    const train = async () => {
      const model = models.mlp({ inputShape: [2], hidden: [4], classes: 2 });
      return await fitModel(model, points, {
        epochs: 3,
        batchSize: 16,
        track: false,
        progress: false,
        seed: 1,
      });
    };
    const captured = await profileOps(train);
    const step = { calls: 12, flops: undefined, bytes: undefined };
    expect(cost(captured.ops, "captured step")).toMatchObject(step);
    expect(cost(captured.ops, "MatMul")).toBeUndefined();
    const eager = await profileOps(train, { eager: true });
    expect(cost(eager.ops, "captured step")).toBeUndefined();
    // Two layers: two products forward, three backward (the input needs no gradient).
    expect(cost(eager.ops, "MatMul")?.calls).toBe(12 * 5);
    expect(eager.value.history.loss[2]).toBeCloseTo(captured.value.history.loss[2] ?? Number.NaN, 5);
    const after = await profileOps(train);
    expect(cost(after.ops, "captured step")?.calls).toBe(12);
  });
});

it.each([
  [3, {}, new TypeError(`${needsWork} it was given 3`)],
  [undefined, {}, new TypeError(`${needsWork} it was given undefined`)],
  [
    Promise.resolve(),
    {},
    new TypeError(`${needsWork} it was given a promise: what it does has begun already`),
  ],
  [
    () => 1,
    { eagr: true },
    new RangeError('profileOps needs options it knows; it was given "eagr", the nearest is "eager"'),
  ],
  [
    () => 1,
    true,
    new TypeError("profileOps needs an object of options such as { eager: … }; it was given true"),
  ],
])("profileOps refuses %o with %o", async (work, options, error) => {
  await expect(profileOps(work as never, options as never)).rejects.toThrow(error);
});
