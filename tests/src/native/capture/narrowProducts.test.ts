import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { binding } from "../../../../src/native/binding.js";
import { type CaptureScope, captureGraph } from "../../../../src/native/capture/captureGraph.js";
import { Graph, type GraphNode } from "../../../../src/native/capture/graph.js";
import { DType } from "../../../../src/native/dtypes.js";
import { tf } from "../../../../src/native/index.js";
import { type Narrow, narrowLacks } from "../../../../src/native/narrowSupport.js";
import { tensorId } from "../../../../src/native/tensorId.js";

interface Case {
  readonly a: number[];
  readonly b: number[];
  readonly shape: number[];
  readonly kept: Readonly<Record<Narrow, number[]>>;
}

/** Made by tests/oracles/native/narrow_products.py: NumPy's exact sums of operands rounded to the type. */
const fixture = JSON.parse(
  readFileSync(new URL("../../../oracles/native/narrow_products.json", import.meta.url), "utf8"),
) as { step: number; cases: Record<string, Case> };

/** As the script's `values`. */
function values(shape: number[], seed: number): tf.Tensor {
  const numbers = Float32Array.from(
    { length: shape.reduce((product, size) => product * size, 1) },
    (_, i) => (((i * 7919 + seed * 104729) % 1009) - 504) / 503,
  );
  return tf.tensor(numbers, shape);
}

/** The gradient of a product is that of this function where `dy` is put in for the output's. */
const gradientBy = (f: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor, dy: tf.Tensor) => tf.grad(f)(x, dy);
const convolved = (x: tf.Tensor, w: tf.Tensor) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, "same");

const { matMul } = tf;

const builds: Record<string, (a: tf.Tensor, b: tf.Tensor) => tf.Tensor> = {
  plain: (a, b) => tf.matMul(a, b),
  transposedA: (a, b) => tf.matMul(a, b, true, false),
  transposedB: (a, b) => tf.matMul(a, b, false, true),
  batched: (a, b) => tf.matMul(a, b, false, true),
  convolution: convolved,
  inputGradient: (w, dy) => gradientBy((x) => convolved(x, w), tf.zeros([4, 9, 9, 32]), dy),
  filterGradient: (x, dy) => gradientBy((w) => convolved(x, w), tf.zeros([3, 3, 32, 48]), dy),
};

type Build = (...inputs: tf.Tensor[]) => tf.Tensor;

function capture(build: Build, shapes: readonly number[][], products: Narrow) {
  const body = (scope: CaptureScope) => [build(...shapes.map((shape) => scope.input(DType.float32, shape)))];
  return captureGraph(body, { products });
}

function replayed(build: Build, inputs: tf.Tensor[], products: Narrow): tf.Tensor {
  const shapes = inputs.map(({ shape }) => shape);
  const captured = capture(build, shapes, products);
  const [pointer = 0n] = captured.run(inputs.map((input) => binding.handle(tensorId(input), "a test")));
  captured.dispose();
  const { id, shape } = binding.adoptHandle(pointer);
  return tf.tensor(binding.tensorDataSync(id) as Float32Array, shape);
}

/** What the function computes with, by name and type. */
function functionOps(build: Build, shapes: readonly number[][], type: Narrow = "bfloat16"): string[] {
  let found: GraphNode[] = [];
  const original = Graph.prototype.needed;
  Graph.prototype.needed = function needed(...of) {
    found = original.apply(this, of);
    return found;
  };
  try {
    capture(build, shapes, type).dispose();
  } finally {
    Graph.prototype.needed = original;
  }
  return found.map(({ name, attributes }) => {
    const found = attributes.find((one) => one.name === "T" || one.name === "DstT")?.value;
    return found === DType[type] ? `${name} ${type}` : name;
  });
}

/**
 * @param ulp between neighbours of the type at 1
 * @param exact the share that is the same to the last bit
 */
function equalsNumpy(name: string, type: Narrow, { ulp, exact }: { ulp: number; exact: number }): void {
  const { a, b, shape, kept: all } = fixture.cases[name] as Case;
  const kept = all[type];
  const result = replayed(builds[name] as Build, [values(a, 1), values(b, 2)], type);
  expect(result.shape).toEqual(shape);
  const ours = result.dataSync();
  const scale = Math.max(...kept.map(Math.abs));
  kept.forEach((value, i) => {
    // Both are rounded to the type; sums that end beside a boundary, in another order, come to its other side.
    const off = Math.abs((ours[i * fixture.step] as number) - value);
    expect(off).toBeLessThanOrEqual(Math.max(ulp * Math.abs(value), 1e-6 * scale));
  });
  const same = kept.filter((value, i) => ours[i * fixture.step] === value).length;
  expect(same / kept.length).toBeGreaterThan(exact);
}

const lacks = narrowLacks("bfloat16");

describe.skipIf(lacks)(`in bfloat16${lacks ? `, which needs ${lacks}` : ""}`, () => {
  it.each(Object.keys(fixture.cases))("computes %s as NumPy does", (name) => {
    equalsNumpy(name, "bfloat16", { ulp: 2 ** -7, exact: 0.97 });
  });
});

describe("in float16", () => {
  it.each(Object.keys(fixture.cases))("computes %s as NumPy does", (name) => {
    equalsNumpy(name, "float16", { ulp: 2 ** -10, exact: 0.97 });
  });

  it("rounds what float32's kernels read and give, where no others are quick", () => {
    const product: Build = (x, w) => matMul(x, w as tf.Tensor);
    const shapes = [
      [96, 96],
      [96, 96],
    ];
    const ops = functionOps(product, shapes, "float16").filter((op) => !/Placeholder|Identity/.test(op));
    const to = "Cast float16";
    expect(ops.sort()).toEqual(
      narrowLacks("float16")
        ? ["Cast", "Cast", "Cast", to, to, to, "MatMul"]
        : ["Cast", to, to, "MatMul float16"],
    );
  });

  it("overflows to infinity beyond 65,504", () => {
    const large = [tf.fill([96, 96], 30), tf.fill([96, 96], 30)];
    const product = (x: tf.Tensor, w?: tf.Tensor) => tf.matMul(x, w as tf.Tensor);
    expect(replayed(product, large, "float16").dataSync()[0]).toBe(Number.POSITIVE_INFINITY);
    const fits = [large[0] as tf.Tensor, tf.fill([96, 96], 20)];
    expect(replayed(product, fits, "float16").dataSync()[0]).toBe(57600);
  });
});

describe("where products are to be in bfloat16", () => {
  const { relu, reshape } = tf;

  it("puts casts around a product, and float32 around them", () => {
    const shapes = [[96, 96], [96, 96], [96]];
    const dense: Build = (x, w, b) => tf.square(relu(tf.add(matMul(x, w as tf.Tensor), b as tf.Tensor)));
    const ops = functionOps(dense, shapes).filter((op) => op !== "Placeholder");
    const casts = ["Cast bfloat16", "Cast bfloat16", "Cast bfloat16"];
    expect(ops).toEqual([...casts, "_FusedMatMul bfloat16", "Cast", "Square", "Identity"]);
  });

  it("puts none between two products, nor twice around one value", () => {
    const twice: Build = (x, w) => matMul(matMul(x, w as tf.Tensor), w as tf.Tensor);
    const ops = functionOps(twice, [
      [96, 96],
      [96, 96],
    ]);
    expect(ops.filter((op) => op === "Cast bfloat16")).toHaveLength(2);
    expect(ops.filter((op) => op === "Cast")).toHaveLength(1);
    expect(ops.filter((op) => op === "MatMul bfloat16")).toHaveLength(2);
  });

  it("adds a convolution's bias in float32", () => {
    const layer: Build = (x, w, b) => relu(tf.add(convolved(x, w as tf.Tensor), b as tf.Tensor));
    const ops = functionOps(layer, [[4, 9, 9, 32], [3, 3, 32, 48], [48]]);
    expect(ops.filter((op) => !/Placeholder|Cast|Identity/.test(op))).toEqual([
      "Conv2D bfloat16",
      "BiasAdd",
      "Relu",
    ]);
  });

  it.each<[string, Build, number[][]]>([
    [
      "a product of few sums",
      (x, w) => matMul(x, w as tf.Tensor),
      [
        [64, 1600],
        [1600, 10],
      ],
    ],
    [
      "a depthwise convolution",
      (x, w) => tf.depthwiseConv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, "same"),
      [
        [4, 32, 32, 32],
        [9, 9, 32, 1],
      ],
    ],
    ["an activation", (x) => relu(reshape(x, [-1])), [[512, 512]]],
  ])("leaves %s alone", (_, build, shapes) => {
    expect(functionOps(build, shapes).filter((op) => op.includes("bfloat16"))).toEqual([]);
  });

  it("keeps the gradients of a convolution with padding in pixels in float32", () => {
    const padded = (x: tf.Tensor, w: tf.Tensor) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, 1);
    const [image, filter] = [
      [4, 9, 9, 32],
      [3, 3, 32, 48],
    ];
    const of: Build = (x, w) => {
      const [ofImage, ofFilter] = tf.grads(padded)([x, w as tf.Tensor]) as [tf.Tensor, tf.Tensor];
      return tf.add(tf.sum(ofImage), tf.sum(ofFilter));
    };
    const gradients = functionOps(of, [image, filter]).filter((op) => op.startsWith("Conv2DBackprop"));
    expect(gradients.sort()).toEqual(["Conv2DBackpropFilter", "Conv2DBackpropInput"]);
    const forward = functionOps((x, w) => padded(x, w as tf.Tensor), [image, filter]);
    expect(forward).toContain("Conv2D bfloat16");
  });

  it("leaves integers alone", () => {
    const build: Build = (x, w) =>
      tf.cast(matMul(tf.cast(x, "int32"), tf.cast(w as tf.Tensor, "int32")), "float32");
    const shapes = [
      [96, 96],
      [96, 96],
    ];
    expect(functionOps(build, shapes).filter((op) => op.includes("bfloat16"))).toEqual([]);
  });
});
