/** Several steps in one call: the training is the same, to the last bit. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { arrays } from "../../../src/data/arrays.js";
import { CapturedLoop } from "../../../src/native/capture/capturedLoop.js";
import { profileOps, tf } from "../../../src/native/index.js";
import { adam, ema, schedules, sgd } from "../../../src/optim/index.js";
import type { FitOptions } from "../../../src/train/fitOptions.js";
import { fitPlan } from "../../../src/train/fitPlan.js";
import type { SavedTraining } from "../../../src/train/trainingState.js";
import { type Output, torchData, torchModel } from "./heads/torchHeads.js";
import { small } from "./train/exampleTraining.js";
import { trainOnce } from "./trainOnce.js";

const row = (i: number) => [Math.sin(i), Math.cos(2 * i), ((i * 7) % 13) / 13];
const data = arrays({
  x: Array.from({ length: 330 }, (_, i) => row(i)),
  y: Array.from({ length: 330 }, (_, i) => (Math.sin(i) > 0.2 ? 1 : 0)),
  validation: 30,
});
/** Nineteen batches an epoch, the last of 12 samples. */
const options: FitOptions = {
  epochs: 3,
  batchSize: 16,
  optimizer: adam({ learningRate: 0.02 }),
  schedule: schedules.exponential({ factor: 0.97, steps: 2 }),
  track: { sampleEvery: 8 },
};
const calls = vi.spyOn(CapturedLoop.prototype, "run");
/** Of those that are not known to be short: the first. */
const asides = vi.spyOn(CapturedLoop.prototype, "runAside");
const called = () => [calls, asides].flatMap(({ mock }) => mock.calls).length;
beforeEach(() => {
  calls.mockClear();
  asides.mockClear();
});

async function withSteps(stepsPerExecution: number | "auto", own: FitOptions = {}, dataset = data) {
  const result = await trainOnce(small(), dataset, { ...options, ...own, stepsPerExecution });
  const { eagerReasons, ...rest } = result;
  expect(eagerReasons).toEqual([]);
  return rest;
}

it("weights, history, every recorded value and every statistic are the same", async () => {
  const one = await withSteps(1);
  expect(called()).toBe(0);
  expect(await withSteps(4)).toEqual(one);
  // 57 steps, of which 8 are sampled and 3 have a smaller batch: stretches of 7 between them.
  expect(called()).toBeGreaterThanOrEqual(12);
  expect(await withSteps(50)).toEqual(one);
});

it("auto takes several once it knows that steps are short, in calls that a profile names", async () => {
  // A computation of its own, whose times no other test knows.
  const own = { epochs: 30, labelSmoothing: 0.03, track: { sampleEvery: 1000 } };
  // On a busy machine no step is short: by this clock each is.
  let time = 0;
  const clock = vi.spyOn(performance, "now").mockImplementation(() => (time += 0.05));
  const one = await withSteps(1, own);
  const profile = await profileOps(async () => expect(await withSteps("auto", own)).toEqual(one));
  clock.mockRestore();
  const of = (name: string) => profile.ops.find((op) => op.name === name)?.calls ?? 0;
  // Of 570 steps one is sampled and 30 have a smaller batch; one more comes first; 30 times it is validated.
  expect(of("captured step")).toBe(1 + 30 + 1 + 30);
  expect(of("captured steps")).toBe(called());
  expect(called()).toBe(30);
});

it("auto captures nothing for a few steps", async () => {
  await withSteps("auto", { epochs: 5 });
  expect(called()).toBe(0);
});

it("averages of weights and momentum too", async () => {
  const own = { optimizer: ema(sgd({ learningRate: 0.1, momentum: 0.9 }), { decay: 0.8 }), clipNorm: 0.5 };
  const one = await withSteps(1, own);
  expect(await withSteps(5, own)).toEqual(one);
  expect(called()).toBeGreaterThan(0);
});

it("activations that are computed again too", async () => {
  const own = { rematerialize: { segments: 2 } };
  const one = await withSteps(1, own);
  expect(await withSteps(5, own)).toEqual(one);
  expect(called()).toBeGreaterThan(0);
});

it("weights of classes too, which are freed with the training", async () => {
  const own = { classWeights: { 0: 0.3, 1: 2.7 } };
  const one = await withSteps(1, own);
  expect(one.weights).not.toEqual((await withSteps(1)).weights);
  const { numTensors } = tf.memory();
  expect(await withSteps(5, own)).toEqual(one);
  expect(called()).toBeGreaterThan(0);
  // A model has four weights: each training's is left.
  expect(tf.memory().numTensors).toBe(numTensors + 4);
});

it("weights of the classes of one of several outputs too", async () => {
  const outputs: Output[] = ["score", "kind"];
  const heads = torchData(outputs);
  const own = { batchSize: 16, epochs: 3, classWeights: { kind: "balanced" as const } };
  const once = (stepsPerExecution: number, more: FitOptions = own) =>
    trainOnce(torchModel(outputs), heads, { ...more, track: { sampleEvery: 100 }, stepsPerExecution });
  const one = await once(1);
  expect(called()).toBe(0);
  expect(await once(4)).toEqual(one);
  expect(called()).toBeGreaterThan(0);
  expect(one.weights).not.toEqual((await once(4, { ...own, classWeights: { kind: { 0: 2 } } })).weights);
});

describe("takes one at a time, and says of a number why", () => {
  const step = () => {};
  const single: [string, FitOptions][] = [
    ["callbacks of steps", { callbacks: { step } }],
    ["accumulate: 2", { accumulate: 2 }],
    ['notFinite: "skip"', { notFinite: "skip" }],
    ['outOfMemory: "halve"', { outOfMemory: "halve" }],
    ['precision: "float16"', { precision: "float16" }],
    ["statistics at every step", { track: { sampleEvery: 1 } }],
    ["statistics at every second step", { track: { sampleEvery: 2 } }],
    ["epochs without two batches of equal size", { batchSize: 200 }],
    ['accumulate: 2, and by notFinite: "skip"', { accumulate: 2, notFinite: "skip" }],
  ];
  const noticesOf = (stepsPerExecution: number | "auto", own: FitOptions) =>
    fitPlan(small(), data, { ...options, ...own, stepsPerExecution }).notices;

  it.each(single)("%s", async (reason, own) => {
    await withSteps(6, own);
    expect(called()).toBe(0);
    expect(noticesOf(6, own)).toEqual([
      `stepsPerExecution: 6 has no effect: one step at a time is taken by ${reason}`,
    ]);
    expect([...noticesOf(1, own), ...noticesOf("auto", own)]).toEqual([]);
  });

  it.each<[string, FitOptions]>([
    ["of the options above", {}],
    ["with statistics at every third step", { track: { sampleEvery: 3 } }],
    ["with two batches an epoch", { batchSize: 150, track: { sampleEvery: 3 } }],
    ["with class weights", { classWeights: { 1: 2 } }],
  ])("nothing where it has an effect, %s", async (_, own) => {
    await withSteps(6, own);
    expect(called()).toBeGreaterThan(0);
    expect(noticesOf(6, own)).toEqual([]);
  });

  it("of statistics only where they are recorded", () => {
    // Three steps of a batch and a rest, each of them measured.
    const few = { epochs: 1, batchSize: 100, track: {} };
    expect(noticesOf(6, few)).toEqual([expect.stringContaining("taken by statistics at every step")]);
    expect(noticesOf(6, { ...few, track: false })).toEqual([]);
  });
});

it("gives callbacks each step", async () => {
  const seen: number[] = [];
  await withSteps(6, { callbacks: { step: ({ step }) => void seen.push(step) } });
  expect(seen).toHaveLength(57);
});

it("ends where a limit says, with the weights of then", async () => {
  const own = { maxSteps: 21, track: { sampleEvery: 100 } };
  const one = await withSteps(1, own);
  const several = await withSteps(8, own);
  expect(several).toEqual(one);
  expect(several.steps).toBe(21);
  const time = await withSteps(8, { epochs: 100_000, maxSeconds: 0.3, track: { sampleEvery: 1000 } });
  expect(time.stopped).toEqual({ why: "limit", reason: "it took the 0.3 s of its limit" });
  const again = await withSteps(1, { epochs: 100_000, maxSteps: time.steps, track: { sampleEvery: 1000 } });
  expect(time.weights).toEqual(again.weights);
});

it("writes checkpoints after the same steps, with the same state", async () => {
  const savedBy = async (steps: number) => {
    const saved: SavedTraining[] = [];
    const checkpoints = {
      isDueAfterStep: (done: number) => done % 5 === 0,
      isDueAfterEpoch: () => true,
      save: async (state: SavedTraining) => void saved.push(state),
    };
    const given = { ...options, stepsPerExecution: steps, track: { sampleEvery: 100 } };
    await trainOnce(small(), data, given, { around: { checkpoints } });
    return saved.map(({ state, ...rest }) => ({ ...rest, state: { ...state, seconds: 0 } }));
  };
  const one = await savedBy(1);
  expect(one.map(({ state }) => state.steps).slice(0, 5)).toEqual([5, 10, 15, 19, 20]);
  expect(await savedBy(8)).toEqual(one);
  expect(called()).toBeGreaterThan(0);
});

it("a loss that is not finite ends it at its step, or is told and passed", async () => {
  const values = Float32Array.from(data.train.x);
  // Not NaN: a ReLU takes that for 0.
  values[70 * 3] = Number.POSITIVE_INFINITY;
  const broken = { ...data, train: { ...data.train, x: values } };
  const own = { shuffle: false, track: { sampleEvery: 100 } };
  for (const notFinite of ["stop", "tell"] as const) {
    const one = await withSteps(1, { ...own, notFinite }, broken);
    const several = await withSteps(9, { ...own, notFinite }, broken);
    expect(several).toEqual(one);
    expect(several.steps).toBe(notFinite === "stop" ? 5 : 57);
  }
});

it("a layer that cannot be captured runs eagerly, step by step", async () => {
  class Peeks extends tf.layers.Layer {
    static readonly className = "Peeks";
    override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
      const [x] = [inputs].flat() as [tf.Tensor];
      x.dataSync();
      return x;
    }
  }
  const model = () => {
    const dense = (units: number, seed: number) =>
      tf.layers.dense({ units, kernelInitializer: tf.initializers.glorotUniform({ seed }) });
    return tf.sequential({
      layers: [tf.layers.inputLayer({ inputShape: [3] }), dense(4, 1), new Peeks({}), dense(2, 2)],
    });
  };
  const once = (stepsPerExecution: number) =>
    trainOnce(model(), data, { ...options, epochs: 1, loss: "crossEntropy", stepsPerExecution });
  const { eagerReasons, weights } = await once(6);
  expect(eagerReasons[0]).toContain("cannot be read while it is captured");
  expect(weights).toEqual((await once(1)).weights);
  expect(called()).toBe(0);
});

it("refuses other numbers of steps by name", () => {
  for (const steps of [0, 1.5, 1001, Number.NaN])
    expect(() => fitPlan(small(), data, { stepsPerExecution: steps })).toThrow(
      `fit needs stepsPerExecution to be "auto" or a whole number from 1 to 1000; it was given ${steps}`,
    );
});
