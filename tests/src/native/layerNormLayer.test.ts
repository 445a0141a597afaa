import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { binding } from "../../../src/native/binding.js";
import {
  type CaptureScope,
  captureGraph,
  type GraphOptions,
} from "../../../src/native/capture/captureGraph.js";
import { DType } from "../../../src/native/dtypes.js";
import { tf } from "../../../src/native/index.js";
import { withoutRewrites } from "../../../src/native/rewrites.js";
import { tensorId } from "../../../src/native/tensorId.js";

interface Options {
  readonly axis: number[];
  readonly epsilon: number;
  readonly scale: boolean;
  readonly center: boolean;
}
type Case = { readonly shape: number[]; readonly options: Options } & Readonly<Record<string, number[]>>;

/** In float64, by PyTorch: tests/oracles/native/layerNorm.py. */
const { cases } = JSON.parse(
  readFileSync(new URL("../../oracles/native/layerNorm.json", import.meta.url), "utf8"),
) as { cases: Case[] };

/** ‖actual − expected‖₂, as a share of ‖expected‖₂ where that is above 1 */
function distance(actual: ArrayLike<number>, expected: readonly number[]): number {
  expect(actual.length).toBe(expected.length);
  const off = Math.hypot(...expected.map((value, i) => (actual[i] as number) - value));
  return off / Math.max(1, Math.hypot(...expected));
}

/** What a case's layer computes of its input and weights: output, then the slope of each. */
function passOf({ shape, options, above, ...given }: Case) {
  const names = ["gamma", "beta"].filter((name) => given[name] !== undefined);
  const sizes = options.axis.map((axis) => shape[axis] as number);
  const inputs = [
    tf.tensor(given.x as number[], shape),
    ...names.map((name) => tf.tensor(given[name] as number[], sizes)),
  ];
  const layer = tf.layers.layerNormalization(options);
  layer.build(shape);
  const compute = (...values: tf.Tensor[]) => {
    const apply = (x: tf.Tensor, ...weights: tf.Tensor[]) => {
      const own = Object.fromEntries(names.map((name, i) => [name, { read: () => weights[i] }]));
      return Object.assign(Object.create(layer), own).call(x, {}) as tf.Tensor;
    };
    const loss = (...all: tf.Tensor[]) =>
      tf.sum(tf.mul(apply(...(all as [tf.Tensor])), tf.tensor(above as number[], shape)));
    return [apply(...(values as [tf.Tensor])), ...tf.grads(loss)(values)];
  };
  const expected = [given.output, given.dx, given.dGamma, given.dBeta].filter(
    (values) => values !== undefined,
  );
  return { inputs, compute, expected: expected as number[][] };
}

function captured(
  { inputs, compute }: ReturnType<typeof passOf>,
  options: GraphOptions,
): ArrayLike<number>[] {
  const build = (scope: CaptureScope) =>
    compute(...inputs.map(({ shape }) => scope.input(DType.float32, shape)));
  const call = captureGraph(build, options);
  const results = call.run(inputs.map((input) => binding.handle(tensorId(input), "a test")));
  call.dispose();
  return results.map((pointer) => binding.tensorDataSync(binding.adoptHandle(pointer).id) as Float32Array);
}

describe.each(cases)(
  "over axes $options.axis of $shape, scale $options.scale, offset $options.center",
  (given) => {
    const pass = passOf(given);
    const large = Math.max(...(given.x as number[])) > 100;
    /** Where the mean is 300 times the deviation, float32 has so many digits less of what is left. */
    const tolerance = large ? 2e-5 : 1e-6;

    it.each([[[]], [["layerNorm"]]] as const)("has float64's values and gradients, without %j", (without) => {
      const eager = withoutRewrites(without, () =>
        pass.compute(...pass.inputs).map((tensor) => tensor.dataSync()),
      );
      for (const results of [
        eager,
        captured(pass, { without }),
        captured(pass, { without, products: "bfloat16" }),
      ]) {
        expect(results).toHaveLength(pass.expected.length);
        for (const [i, values] of pass.expected.entries())
          expect(distance(results[i] as Float32Array, values)).toBeLessThan(tolerance);
      }
    });
  },
);

describe("the layer", () => {
  const opsOf = (axis: number | number[], without: GraphOptions["without"] = []) => {
    const layer = tf.layers.layerNormalization({ axis, scale: false, center: false });
    layer.build([4, 3, 5]);
    const slope = tf.grad((x: tf.Tensor) => layer.call(x, {}) as tf.Tensor);
    const call = captureGraph((scope) => [slope(scope.input(DType.float32, [4, 3, 5]))], { without });
    call.dispose();
    return call.ops;
  };

  it("has fewer ops over the last axes, and its general way over others", () => {
    expect(opsOf(-1)).toBeLessThan(opsOf(-1, ["layerNorm"]));
    expect(opsOf([1, 2])).toBeLessThan(opsOf([1, 2], ["layerNorm"]));
    for (const axis of [1, [0, 2], [2, 1]]) expect(opsOf(axis)).toBe(opsOf(axis, ["layerNorm"]));
  });

  it.each([
    [{ scale: false }, ["beta"]],
    [{ center: false }, ["gamma"]],
    [{ scale: false, center: false }, []],
  ])("%j has no weights but its own, also after it was called", (options, names) => {
    const layer = tf.layers.layerNormalization(options);
    layer.apply(tf.ones([2, 3]));
    const own = layer.weights.map(({ originalName }) => originalName.split("/").at(-1));
    expect(own).toEqual(names);
    expect(layer.getConfig()).toMatchObject(options);
  });
});
