import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { binding } from "../../../src/native/binding.js";
import { captureGraph, type GraphOptions } from "../../../src/native/capture/captureGraph.js";
import { DType } from "../../../src/native/dtypes.js";
import { traceModel } from "../../../src/native/export/modelTrace.js";
import { capture, nativeInfo, tf } from "../../../src/native/index.js";
import { narrowLacks } from "../../../src/native/narrowSupport.js";
import { type RewriteName, withoutRewrites } from "../../../src/native/rewrites.js";
import { tensorId } from "../../../src/native/tensorId.js";

interface Case {
  readonly options: Parameters<typeof tf.layers.lstm>[0] & { readonly units: number };
  readonly shape: [rows: number, steps: number, width: number];
  readonly x: number[];
  /** h and c before the first step, or none. */
  readonly begin: number[][];
  readonly weights: number[][];
  readonly above: number[][];
  readonly outputs: number[][];
  /** Of x, what is before the first step, and the weights. */
  readonly gradients: number[][];
}

/** In float64, by PyTorch: tests/oracles/native/lstm.py. */
const { cases } = JSON.parse(
  readFileSync(new URL("../../oracles/native/lstm.json", import.meta.url), "utf8"),
) as { cases: Case[] };

/** ‖actual − expected‖₂ / ‖expected‖₂, where that is not 0 */
function relative(actual: ArrayLike<number>, expected: readonly number[]): number {
  expect(actual.length).toBe(expected.length);
  const off = Math.hypot(...expected.map((value, i) => (actual[i] as number) - value));
  return off / (Math.hypot(...expected) || 1);
}

const list = (outputs: unknown) => (Array.isArray(outputs) ? outputs : [outputs]) as tf.Tensor[];
/** The loops of a computation, forward and back. */
const loopsOf = (explanation: ReturnType<typeof capture.explain>) =>
  explanation.after.filter(({ name }) => name === "StatelessWhile").length;

/** What the layer gives for `inputs`, then the gradients of these and of its weights. */
function passOf({ options, shape, above, ...given }: Case) {
  const [rows, , width] = shape;
  const { units } = options;
  const layer = tf.layers.lstm({ ...options, unitForgetBias: false });
  layer.apply(tf.zeros(shape));
  const sizes = [[width, 4 * units], [units, 4 * units], [4 * units]];
  layer.setWeights(given.weights.map((values, i) => tf.tensor(values, sizes[i])));
  const inputs = [
    tf.tensor(given.x, shape),
    ...given.begin.map((values) => tf.tensor(values, [rows, units])),
  ];
  const variables = layer.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const outputsOf = ([x, ...initialState]: readonly tf.Tensor[]) =>
    list(layer.apply(x as tf.Tensor, initialState.length > 0 ? { initialState } : {}));
  const loss = (...all: tf.Tensor[]) =>
    outputsOf(all)
      .map((output, i) => tf.sum(tf.mul(output, tf.tensor(above[i] as number[], output.shape))))
      .reduce((total, term) => tf.add(total, term)) as tf.Scalar;
  const compute = (...symbols: tf.Tensor[]) => {
    const { grads } = tf.variableGrads(() => loss(...symbols), variables);
    const ofWeights = variables.map(({ name }) => grads[name] as tf.Tensor);
    return [...outputsOf(symbols), ...tf.grads(loss)(symbols), ...ofWeights];
  };
  return { inputs, compute, layer };
}

describe.each(cases)("of $shape, $options", (given) => {
  // TensorFlow.js itself has no gradient of a series of one step.
  const ways: RewriteName[][] = given.shape[1] > 1 ? [[], ["lstm"]] : [[]];
  it.each(ways.map((without) => [without]))("has float64's outputs and gradients, without %j", (without) => {
    const { inputs, compute, layer } = passOf(given);
    const captured = capture(compute);
    const results = withoutRewrites(without, () => captured(...inputs));
    expect(loopsOf(captured.explain()) > 0).toBe(without.length === 0);
    const expected = [...given.outputs, ...given.gradients];
    expect(results).toHaveLength(expected.length);
    for (const [i, values] of expected.entries())
      expect(relative((results[i] as tf.Tensor).dataSync(), values)).toBeLessThan(2e-6);
    captured.dispose();
    layer.dispose();
  });
});

const x = tf.randomNormal([4, 5, 3], 0, 1, "float32", 1);
const kind = { units: 3, recurrentActivation: "sigmoid" } as const;
const LstmCell = tf.layers.lstmCell({ units: 1 }).constructor as new (
  of: object,
) => ReturnType<typeof tf.layers.lstmCell>;

/** Doubles what comes out. */
class OwnCell extends LstmCell {
  static className = "OwnLstmCell";
  override call(inputs: tf.Tensor[], kwargs: object): tf.Tensor[] {
    const [output, ...states] = super.call(inputs, kwargs) as [tf.Tensor, ...tf.Tensor[]];
    return [tf.mul(output, 2), ...states];
  }
}

/** Of the layer's first output in training, how many loops a capture has, and how far it is from the same eagerly. */
function capturedOf(layer: tf.layers.Layer, kwargs: object = {}): { loops: number; distance: number } {
  const apply = (of: tf.Tensor) => list(layer.apply(of, kwargs))[0] as tf.Tensor;
  const eager = apply(x).dataSync();
  const captured = capture(apply);
  const distance = relative(captured(x).dataSync(), Array.from(eager));
  return { loops: loopsOf(captured.explain()), distance };
}

describe("captured, TensorFlow.js's own way is taken", () => {
  const L = tf.layers;
  const mask = tf.tensor2d([1, 1, 1, 1, 0, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1, 0], [4, 5]);

  it.each<[string, tf.layers.Layer, object?]>([
    ["with a mask", L.lstm(kind), { mask }],
    ["with another activation", L.lstm({ ...kind, activation: "relu" })],
    ["with other gates", L.lstm({ ...kind, recurrentActivation: "tanh" })],
    ["of stacked cells", L.rnn({ cell: [L.lstmCell(kind), L.lstmCell(kind)] })],
    ["of a cell of one's own", L.rnn({ cell: new OwnCell(kind) })],
    ["of other kinds", L.gru(kind)],
    ["with dropout, also where nothing is dropped", L.lstm({ ...kind, dropout: 0.5 })],
    ["with dropout of the states", L.lstm({ ...kind, recurrentDropout: 0.5 })],
  ])("%s", (_, layer, kwargs) => {
    const { loops, distance } = capturedOf(layer, kwargs);
    expect(loops).toBe(0);
    expect(distance).toBeLessThan(1e-6);
  });

  it("where a gradient of the gradient is taken", () => {
    const layer = tf.layers.lstm(kind);
    const loss = (of: tf.Tensor) => tf.sum(tf.square(layer.apply(of) as tf.Tensor)) as tf.Scalar;
    const twice = tf.grad((of: tf.Tensor) => tf.sum(tf.square(tf.grad(loss)(of))));
    const eager = Array.from(twice(x).dataSync());
    const captured = capture((of: tf.Tensor) => twice(of));
    expect(relative(captured(x).dataSync(), eager)).toBeLessThan(1e-5);
    expect(loopsOf(captured.explain())).toBe(0);
  });

  it("in a saved model, which all loaders read", () => {
    const model = tf.sequential({ layers: [tf.layers.lstm({ ...kind, inputShape: [5, 3] })] });
    const { graph } = traceModel(model, 2);
    expect(graph.kinds).not.toContain("StatelessWhile");
    graph.delete();
  });
});

describe("captured, there is a loop", () => {
  const L = tf.layers;

  it.each<[string, tf.layers.Layer, number]>([
    ["a layer", L.lstm(kind), 1],
    ["a layer as it is by default", L.lstm({ units: 3, returnSequences: true }), 1],
    ["a cell by itself", L.rnn({ cell: L.lstmCell(kind) }), 1],
    ["both ways", L.bidirectional({ layer: L.lstm(kind) as never, mergeMode: "concat" }), 2],
  ])("for %s, also without a gradient", (_, layer, loops) => {
    const found = capturedOf(layer);
    expect(found.loops).toBe(loops);
    expect(found.distance).toBeLessThan(1e-6);
  });

  it("the same of two sizes in one computation", () => {
    const [one, two] = [L.lstm(kind), L.lstm({ ...kind, units: 7 })];
    const both = (of: tf.Tensor) => [one, two].map((layer) => layer.apply(of) as tf.Tensor);
    const eager = both(x).map((of) => Array.from(of.dataSync()));
    const results = capture(both)(x);
    for (const [i, values] of eager.entries())
      expect(relative((results[i] as tf.Tensor).dataSync(), values)).toBeLessThan(1e-6);
  });
});

describe("many rows", () => {
  const [rows, steps, width, units] = [65, 6, 5, 48];
  const random = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 0.5, "float32", seed);
  const given = [
    random([rows, steps, width], 1),
    random([rows, units], 2),
    random([rows, units], 3),
    random([width, 4 * units], 4),
    random([units, 4 * units], 5),
    random([4 * units], 6),
  ];

  it.each([
    { returnSequences: true, returnState: true },
    { goBackwards: true, returnState: true },
    { recurrentActivation: "hardSigmoid" } as const,
  ])("go through side by side, with the same numbers and gradients: %j", (options) => {
    const layer = tf.layers.lstm({ ...kind, units, ...options });
    layer.apply(tf.zeros([1, steps, width]));
    layer.setWeights(given.slice(3));
    const variables = layer.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const outputsOf = ([x, ...initialState]: tf.Tensor[]) =>
      list(layer.apply(x as tf.Tensor, { initialState }));
    const loss = (...of: tf.Tensor[]) =>
      outputsOf(of)
        .map((output, i) => tf.sum(tf.mul(tf.square(output), random(output.shape, 7 + i))))
        .reduce((total, term) => tf.add(total, term)) as tf.Scalar;
    const compute = (...of: tf.Tensor[]) => {
      const { grads } = tf.variableGrads(() => loss(...of), variables);
      return [
        ...outputsOf(of),
        ...tf.grads(loss)(of),
        ...variables.map(({ name }) => grads[name] as tf.Tensor),
      ];
    };
    const loops = (without: RewriteName[], few = rows) => {
      const captured = capture(compute);
      const inputs = given.slice(0, 3).map((of) => tf.slice(of, 0, few));
      const results = withoutRewrites(without, () => captured(...inputs));
      return { results, count: loopsOf(captured.explain()) };
    };
    const [stock, ours] = [loops(["lstm"]), loops([])];
    const { count } = loops([], 10);
    expect(count).toBeGreaterThan(0);
    expect(ours.count).toBe(count * Math.min(3, nativeInfo().threads.interOp));
    for (const [i, result] of stock.results.entries())
      expect(relative((ours.results[i] as tf.Tensor).dataSync(), Array.from(result.dataSync()))).toBeLessThan(
        3e-6,
      );
  });
});

describe("products with the recurrent kernel", () => {
  const [rows, units] = [64, 128];
  const layer = tf.layers.lstm({ units, recurrentActivation: "sigmoid", returnState: true });
  const begin = [1, 2].map((seed) => tf.randomNormal([rows, units], 0, 1, "float32", seed));
  // Nothing comes from the inputs.
  const weights = [
    tf.zeros([1, 4 * units]),
    tf.randomNormal([units, 4 * units], 0, 0.1),
    tf.zeros([4 * units]),
  ];
  layer.apply(tf.zeros([rows, 2, 1]));

  /** The last h, and the gradient of its squares' sum to what came before the first step. */
  function results(options: GraphOptions): number[][] {
    const [kernel, recurrentKernel, bias] = weights.map((weight) => ({ read: () => weight }));
    const { cell } = layer as unknown as { cell: object };
    const own = Object.assign(Object.create(Object.getPrototypeOf(cell)), cell, {
      kernel,
      recurrentKernel,
      bias,
    });
    const view = Object.assign(Object.create(layer), { cell: own }) as tf.layers.Layer;
    const last = (initialState: tf.Tensor[]) =>
      list(view.call(tf.zeros([rows, 2, 1]), { initialState }))[0] as tf.Tensor;
    const call = captureGraph((scope) => {
      const given = begin.map(({ shape }) => scope.input(DType.float32, shape));
      return [last(given), ...tf.grads((...of: tf.Tensor[]) => tf.sum(tf.square(last(of))))(given)];
    }, options);
    const pointers = call.run(begin.map((tensor) => binding.handle(tensorId(tensor), "a test")));
    call.dispose();
    return pointers.map((pointer) =>
      Array.from(binding.tensorDataSync(binding.adoptHandle(pointer).id) as Float32Array),
    );
  }

  it.each(["bfloat16", "float16"] as const)("are rounded to %s, as without the loop", (products) => {
    // Without the processor's own kernels TensorFlow computes bfloat16 otherwise.
    if (products === "bfloat16" && narrowLacks(products)) return;
    const wide = results({});
    const narrow = results({ products });
    const stock = results({ products, without: ["lstm"] });
    for (const [i, values] of wide.entries()) {
      const off = relative(narrow[i] as number[], values);
      expect(off).toBeGreaterThan(products === "bfloat16" ? 3e-4 : 3e-5);
      expect(off).toBeLessThan(2 * relative(stock[i] as number[], values));
    }
  });
});
