/** A captured step of a net with each layer of TensorFlow.js equals the eager one: loss, gradients, updates. */
import { afterEach, expect, it, vi } from "vitest";
import { random } from "../../../../src/base/random.js";
import { tf } from "../../../../src/native/index.js";
import { sgd } from "../../../../src/optim/index.js";
import { createCapturedStep } from "../../../../src/train/capturedStep.js";
import { layerCases, noFactories } from "./layerCases.js";
import { layersOf, netOf, samplesOf } from "./layerNets.js";

afterEach(() => tf.disposeVariables());

const factory = (name: string) => name.split(/\W/)[0] as string;

it("has a net for every factory that TensorFlow.js exports", () => {
  const covered = new Set([...Object.keys(layerCases).map(factory), ...noFactories]);
  expect(Object.keys(tf.layers).filter((name) => !covered.has(name))).toEqual([]);
});

it("has a net for every class of layers or cells that TensorFlow.js can make from a configuration", () => {
  const { classNameMap } = tf.serialization.SerializationMap.getMap();
  const base = tf.layers.Layer;
  const known = Object.entries(classNameMap).flatMap(([name, [Class]]) =>
    Class.prototype instanceof base ? [name] : [],
  );
  const seen = new Set<string>(["Sequential", "Model", "Functional"]);
  const look = (part: unknown): void => {
    if (!(part instanceof base) || seen.has(part.id.toString())) return;
    seen.add(part.id.toString());
    seen.add(part.getClassName());
    for (const value of Object.values(part).flat()) look(value);
  };
  for (const name of Object.keys(layerCases)) for (const layer of layersOf(name)) look(layer);
  expect(known.length).toBeGreaterThan(50);
  expect(known.filter((name) => !seen.has(name))).toEqual([]);
});

const valuesOf = (model: tf.LayersModel) => model.getWeights().map((weight) => [...weight.dataSync()]);

/**
 * The net with weights that are the same in every run: where two values nearly equal, as before a maximum or at a ReLU's
 * kink, rounding alone decides which gradient there is.
 */
function built(name: string): tf.LayersModel {
  const numbers = random(7);
  const chance = vi.spyOn(Math, "random").mockImplementation(() => numbers.next());
  try {
    return netOf(name);
  } finally {
    chance.mockRestore();
  }
}

/** Three steps from the same weights; a rate of 1 leaves all digits of a gradient in the weights. */
async function trained(name: string, options: { capture: boolean; seed?: number; from?: tf.Tensor[] }) {
  const model = built(name);
  // Setting other tensors as weights applies their constraints: both begin so.
  model.setWeights(options.from ?? model.getWeights().map((weight) => weight.clone()));
  const start = model.getWeights().map((weight) => weight.clone());
  const step = createCapturedStep(model, {
    loss: "meanSquaredError",
    optimizer: sgd({ momentum: 0.5 }),
    capture: options.capture,
  });
  const batch = samplesOf(name);
  const losses: number[] = [];
  for (let i = 0; i < 3; i++)
    losses.push((await step.run(batch, { learningRate: 0.1, seed: (options.seed ?? 1) + i })).loss);
  const evaluated = (await step.evaluate(batch)).loss;
  const { eagerReasons } = step;
  step.dispose();
  return { start, losses, evaluated, weights: valuesOf(model), eagerReasons };
}

/** Sums of many products, whose order a graph may change. */
function expectNear(given: readonly number[], wanted: readonly number[]) {
  expect(given).toHaveLength(wanted.length);
  given.forEach((value, i) => {
    const of = wanted[i] as number;
    expect(Math.abs(value - of), `${value} for ${of}`).toBeLessThanOrEqual(1e-6 + 1e-5 * Math.abs(of));
  });
}

const named = (which: (of: (typeof layerCases)[string]) => unknown) =>
  Object.keys(layerCases).filter((name) => which(layerCases[name] as (typeof layerCases)[string]));

it.each(named(({ broken }) => !broken))("%s trains as it does op by op", async (name) => {
  const reason = layerCases[name]?.eager;
  const captured = await trained(name, { capture: true });
  if (reason) expect(captured.eagerReasons[0]).toMatch(reason);
  else expect(captured.eagerReasons).toEqual([]);
  const eager = await trained(name, { capture: false, from: captured.start });
  expectNear(captured.losses, eager.losses);
  expectNear([captured.evaluated], [eager.evaluated]);
  expectNear(captured.weights.flat(), eager.weights.flat());
  const before = captured.start.map((weight) => [...weight.dataSync()]);
  expect(captured.weights).not.toEqual(before);
  expect(captured.losses.every(Number.isFinite)).toBe(true);
});

it.each(named(({ isRandom }) => isRandom))(
  "%s draws other noise for another seed when it is replayed",
  async (name) => {
    const first = await trained(name, { capture: true, seed: 1 });
    const from = first.start;
    expect((await trained(name, { capture: true, seed: 1, from })).losses).toEqual(first.losses);
    const other = await trained(name, { capture: true, seed: 50, from });
    expect(other.losses[0]).not.toBe(first.losses[0]);
  },
);

it.each(named(({ broken }) => broken))("%s cannot be run in a model by TensorFlow.js itself", (name) => {
  const { x } = samplesOf(name);
  expect(() => netOf(name).predict(x)).toThrow(layerCases[name]?.broken);
});
