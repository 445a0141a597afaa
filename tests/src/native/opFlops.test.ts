import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { tf } from "../../../src/index.js";
import { opFlops } from "../../../src/native/opFlops.js";
import { type SeenOp, watchOps } from "../../../src/native/opWatch.js";

interface Case {
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Shapes. */
  readonly inputs: readonly number[][];
  readonly outputs: readonly number[][];
  readonly flops: number;
}

function counted(fixture: string): Case[] {
  const file = new URL(`../../oracles/native/${fixture}.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { cases: Case[] }).cases;
}

function asked({ attributes, ...rest }: Omit<Case, "flops">) {
  const list = Object.entries(attributes).map(([name, value]) => ({ name, type: 0, value }));
  return { ...rest, attributes: list };
}

describe("opFlops", () => {
  it.each(counted("opFlops"))("counts $name of $inputs as TensorFlow's counter does", (one) => {
    expect(opFlops(asked(one))).toBe(one.flops);
  });

  it.each(counted("opFlopsTorch"))("counts $name of $inputs as PyTorch's counter does", (one) => {
    expect(opFlops(asked(one))).toBe(one.flops);
  });

  it("counts of a product that is fused with what follows the product alone", () => {
    const fused = counted("opFlops").filter(({ name }) => name === "MatMul" || name === "Conv2D");
    expect(fused).toHaveLength(7);
    for (const one of fused) expect(opFlops(asked({ ...one, name: `_Fused${one.name}` }))).toBe(one.flops);
  });

  it("counts a depthwise filter's gradient as that of the input", () => {
    const input = counted("opFlopsTorch").find(({ name }) => name === "DepthwiseConv2dNativeBackpropInput");
    const [sizes = [], filter = [], dy = []] = input?.inputs ?? [];
    const [x = []] = input?.outputs ?? [];
    const name = "DepthwiseConv2dNativeBackpropFilter";
    expect(opFlops(asked({ name, attributes: {}, inputs: [x, sizes, dy], outputs: [filter] }))).toBe(
      input?.flops,
    );
  });

  it("leaves out what is no product, and what it cannot tell", () => {
    const shape = [[2, 3]];
    const one = { attributes: {}, inputs: shape, outputs: shape };
    for (const name of ["Relu", "constructor", "captured step", "MatMulX", "Conv2D"])
      expect(opFlops(asked({ ...one, name }))).toBeUndefined();
    const three = { equation: "ab,bc,cd->ad" };
    const inputs = [
      [2, 3],
      [3, 4],
      [4, 5],
    ];
    expect(opFlops(asked({ name: "Einsum", attributes: three, inputs, outputs: [[2, 5]] }))).toBeUndefined();
  });

  it("counts what the library runs, by the names it uses: forward and backward", () => {
    const seen: SeenOp[] = [];
    const stop = watchOps({
      eager: false,
      ran: (op) => void seen.push(op),
      held: () => undefined,
      captured: () => undefined,
    });
    tf.tidy(() => {
      const [x, filter] = [tf.ones([2, 6, 6, 3]), tf.ones([3, 3, 3, 5])] as [tf.Tensor4D, tf.Tensor4D];
      tf.grads((a: tf.Tensor, b: tf.Tensor) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 1, "same"))([
        x,
        filter,
      ]);
      tf.grads((a: tf.Tensor, b: tf.Tensor) =>
        tf.depthwiseConv2d(a as tf.Tensor4D, b as tf.Tensor4D, 1, "same"),
      )([x, tf.ones([3, 3, 3, 2])]);
      const [volume, cube] = [tf.ones([1, 4, 4, 4, 2]), tf.ones([2, 2, 2, 2, 3])];
      tf.grads((a: tf.Tensor, b: tf.Tensor) => tf.conv3d(a as tf.Tensor5D, b as tf.Tensor5D, 1, "valid"))([
        volume,
        cube,
      ]);
      tf.grads((a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b, true))([
        tf.ones([4, 5, 3]),
        tf.ones([4, 5, 7]),
      ]);
      tf.einsum("ab,bc->ac", tf.ones([2, 3]), tf.ones([3, 4]));
      tf.fused.matMul({ a: tf.ones([2, 3]), b: tf.ones([3, 4]), bias: tf.ones([4]), activation: "relu" });
      tf.fused.conv2d({ x, filter, strides: 1, pad: "same", bias: tf.ones([5]), activation: "relu" });
    });
    stop();
    const known = seen.flatMap((op) => {
      const shapes = (tensors: SeenOp["inputs"] = []) => tensors.map(({ shape }) => shape);
      const { name, attributes = [], inputs, outputs } = op;
      const flops = opFlops({ name, attributes, inputs: shapes(inputs), outputs: shapes(outputs) });
      return flops === undefined ? [] : [[name, flops]];
    });
    const conv = 2 * (2 * 6 * 6 * 5) * (3 * 3 * 3);
    const depth = 2 * (2 * 6 * 6 * 6) * (3 * 3);
    const cubes = 2 * (3 * 3 * 3 * 3) * (2 * 2 * 2 * 2);
    const batches = 2 * 4 * 3 * 7 * 5;
    expect(known).toEqual([
      ["Conv2D", conv],
      ["Conv2DBackpropInput", conv],
      ["Conv2DBackpropFilter", conv],
      ["DepthwiseConv2dNative", depth],
      ["DepthwiseConv2dNativeBackpropInput", depth],
      ["DepthwiseConv2dNativeBackpropFilter", depth],
      ["Conv3D", cubes],
      ["Conv3DBackpropInputV2", cubes],
      ["Conv3DBackpropFilterV2", cubes],
      ["BatchMatMulV2", batches],
      ["BatchMatMulV2", batches],
      ["BatchMatMulV2", batches],
      ["Einsum", 2 * 2 * 3 * 4],
      ["MatMul", 2 * 2 * 3 * 4],
      ["Conv2D", conv],
    ]);
  });
});
