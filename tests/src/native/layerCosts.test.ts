import { beforeAll, describe, expect, it } from "vitest";
import { chromeTrace, data, fit as fitModel, type OpProfile, profileOps, tf } from "../../../src/index.js";
import { LayerCosts } from "../../../src/native/layerCosts.js";
import { lanesNest } from "./lanesNest.js";

const batch = 16;
const steps = 4;

/** 8 x 8 pixels, two convolutions of one class, two dense layers. */
function network() {
  const { conv2d, flatten, dense, maxPooling2d } = tf.layers;
  return tf.sequential({
    layers: [
      conv2d({ name: "first", filters: 4, kernelSize: 3, padding: "same", inputShape: [8, 8, 1] }),
      conv2d({ name: "second", filters: 6, kernelSize: 3, padding: "same", activation: "relu" }),
      maxPooling2d({ name: "pool", poolSize: 2 }),
      flatten({ name: "flat" }),
      dense({ name: "hidden", units: 5, activation: "relu" }),
      dense({ name: "head", units: 2, activation: "softmax" }),
    ],
  });
}

function profiled(): Promise<OpProfile<unknown>> {
  const y = Array.from({ length: batch * steps }, (_, i) => i % 2);
  const x = y.map((value) => Array<number>(64).fill(value));
  const images = data.arrays({ x, y, inputShape: [8, 8, 1], classes: 2 });
  const options = { epochs: 1, batchSize: batch, track: false, progress: false, seed: 1 } as const;
  return profileOps(() => fitModel(network(), images, options), { eager: true });
}

describe("a profile of layers", () => {
  let profile: OpProfile<unknown>;
  beforeAll(async () => {
    profile = await profiled();
  });

  it("tells of each layer by itself, from the input on, how often it was applied and what it computed", () => {
    const products = {
      // Nobody needs the input's gradient, but a convolution with a bias computes it where it runs op by op.
      first: 3 * (2 * 8 * 8 * 4 * 9),
      second: 3 * (2 * 8 * 8 * 6 * 9 * 4),
      pool: 0,
      flat: 0,
      hidden: 3 * (2 * 96 * 5),
      head: 3 * (2 * 5 * 2),
    };
    expect(
      profile.layers.map(({ layer, className, calls, flops }) => [layer, className, calls, flops]),
    ).toEqual(
      Object.entries(products).map(([name, flops], i) => [
        name,
        ["Conv2D", "Conv2D", "MaxPooling2D", "Flatten", "Dense", "Dense"][i],
        steps,
        flops * batch * steps,
      ]),
    );
    expect(profile.outside.flops).toBe(0);
    for (const { layer, forward, backward } of profile.layers) {
      expect(forward, layer).toBeGreaterThan(0);
      expect(backward, layer).toBeGreaterThan(0);
    }
  });

  it("sums to the time of all ops, and to their share", () => {
    const total = profile.ops.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    const layers = profile.layers.reduce((sum, { forward, backward }) => sum + forward + backward, 0);
    expect(layers + profile.outside.milliseconds).toBeCloseTo(total, 6);
    expect(profile.outside.milliseconds).toBeGreaterThan(0);
    const shares = profile.layers.reduce((sum, { share }) => sum + share, profile.outside.share);
    expect(shares).toBeCloseTo(1, 9);
  });

  it("sums to what all ops put out, a layer's maps included", () => {
    const total = profile.ops.reduce((sum, { bytes }) => sum + (bytes ?? Number.NaN), 0);
    const layers = profile.layers.reduce((sum, { bytes }) => sum + bytes, 0);
    expect(layers + profile.outside.bytes).toBe(total);
    // Six maps of 8 x 8 float32 three times at least: the products, with bias, after relu.
    const second = profile.layers.find(({ layer }) => layer === "second");
    expect(second?.bytes).toBeGreaterThanOrEqual(3 * steps * batch * 8 * 8 * 6 * 4);
  });

  it("gives a dense layer the products of its backward pass", () => {
    const count = (layer: string, pass: string) =>
      profile.events.filter(
        (event) => event.name === "MatMul" && event.layer === layer && event.pass === pass,
      ).length;
    expect(count("hidden", "forward")).toBe(steps);
    expect(count("hidden", "backward")).toBe(2 * steps);
    expect(count("head", "backward")).toBe(2 * steps);
    expect(profile.ops.find(({ name }) => name === "MatMul")?.calls).toBe(6 * steps);
  });

  it("shows on the timeline each layer around its ops", () => {
    const trace = chromeTrace(profile.events);
    lanesNest(trace);
    const stretches = trace.traceEvents.filter(({ ph }) => ph === "X");
    const layers = stretches.filter(({ cat }) => cat === "layer");
    expect(layers.filter(({ args }) => args.pass === "forward")).toHaveLength(6 * steps);
    const inside = stretches.filter(({ cat, args }) => cat === "op" && args.layer !== undefined);
    expect(inside.length).toBeGreaterThan(20 * steps);
    for (const op of inside)
      expect(
        layers.some(
          ({ name, tid, ts, dur, args }) =>
            name === op.args.layer &&
            args.pass === op.args.pass &&
            tid === op.tid &&
            ts <= op.ts &&
            op.ts + op.dur <= ts + dur + 1e-3,
        ),
      ).toBe(true);
  });

  it("knows no layers where steps are not run op by op", async () => {
    const { layers, outside } = await profileOps(() =>
      tf.tidy(() => void tf.layers.dense({ units: 2 }).apply(tf.ones([2, 3]))),
    );
    expect(layers).toEqual([]);
    expect(outside.share).toBe(1);
  });
});

describe("LayerCosts", () => {
  it("keeps layers of one name apart", () => {
    const costs = new LayerCosts();
    const layer = (className: string) => ({ name: "same", getClassName: () => className });
    const [a, b] = [layer("A"), layer("B")];
    costs.add({ layer: a, pass: "forward" }, { milliseconds: 1, flops: 10, bytes: 4 });
    costs.add({ layer: b, pass: "backward" }, { milliseconds: 2 });
    costs.add({ layer: b, pass: "backward" }, { milliseconds: 0, bytes: 8 });
    costs.add(undefined, { milliseconds: 1, flops: 5, bytes: 2 });
    costs.spanned({ layer: a, pass: "forward", begin: 0, end: 1 });
    costs.spanned({ layer: b, pass: "backward", begin: 0, end: 1 });
    expect(costs.result()).toEqual({
      layers: [
        {
          layer: "same",
          className: "A",
          calls: 1,
          forward: 1,
          backward: 0,
          flops: 10,
          bytes: 4,
          share: 0.25,
        },
        { layer: "same", className: "B", calls: 0, forward: 0, backward: 2, flops: 0, bytes: 8, share: 0.5 },
      ],
      outside: { milliseconds: 1, flops: 5, bytes: 2, share: 0.25 },
    });
    expect(new LayerCosts().result()).toEqual({
      layers: [],
      outside: { milliseconds: 0, flops: 0, bytes: 0, share: 0 },
    });
  });
});
