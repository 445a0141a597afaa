import { describe, expect, it } from "vitest";
import { binding } from "../../../../src/native/binding.js";
import type { CapturedFunction } from "../../../../src/native/capture/capturedFunction.js";
import { CaptureError } from "../../../../src/native/capture/captureError.js";
import { type CaptureScope, captureGraph } from "../../../../src/native/capture/captureGraph.js";
import { DType } from "../../../../src/native/dtypes.js";
import { tf } from "../../../../src/native/index.js";
import { op, op1 } from "../../../../src/native/op.js";
import { ResourceVariable } from "../../../../src/native/resourceVariable.js";
import { tensorId } from "../../../../src/native/tensorId.js";

const handle = (tensor: tf.Tensor) => binding.handle(tensorId(tensor), "a test");

function run(captured: CapturedFunction, ...inputs: tf.Tensor[]): number[][] {
  return captured.run(inputs.map(handle)).map((pointer) => {
    const { id } = binding.adoptHandle(pointer);
    return Array.from(binding.tensorDataSync(id) as Float32Array);
  });
}

const vector = (scope: CaptureScope, length = 3) => scope.input(DType.float32, [length]) as tf.Tensor1D;

describe("captureGraph", () => {
  it("replays with other inputs what it noted once", () => {
    const captured = captureGraph((scope) => {
      const x = vector(scope);
      const y = vector(scope);
      return [tf.sum(tf.mul(x, y)), tf.grad((a: tf.Tensor) => tf.sum(tf.square(tf.mul(a, y))))(x)];
    });
    const y = tf.tensor1d([1, 2, 3]);
    expect(run(captured, tf.tensor1d([1, 1, 1]), y)).toEqual([[6], [2, 8, 18]]);
    expect(run(captured, tf.tensor1d([2, 0, 1]), y)).toEqual([[5], [4, 0, 18]]);
  });

  it("computes nothing and keeps nothing", () => {
    const before = [tf.memory().numTensors, binding.getNumOfTensors()];
    const captured = captureGraph((scope) => [tf.tidy(() => tf.concat([vector(scope), tf.ones([2])]))]);
    expect([tf.memory().numTensors, binding.getNumOfTensors()]).toEqual(before);
    captured.dispose();
  });

  it("takes ops with lists of inputs", () => {
    const captured = captureGraph((scope) => {
      const x = vector(scope);
      const y = vector(scope);
      return [
        tf.stack([x, y, tf.zeros([3])]),
        tf.concat([y, x]),
        tf.addN([x, y, x]),
        tf.einsum("i,i->", x, y),
      ];
    });
    expect(run(captured, tf.tensor1d([1, 2, 3]), tf.tensor1d([4, 5, 6]))).toEqual([
      [1, 2, 3, 4, 5, 6, 0, 0, 0],
      [4, 5, 6, 1, 2, 3],
      [6, 9, 12],
      [32],
    ]);
  });

  it("returns an input as an output", () => {
    const captured = captureGraph((scope) => [vector(scope)]);
    expect(run(captured, tf.tensor1d([7, 8, 9]))).toEqual([[7, 8, 9]]);
  });

  it("writes variables even where no output depends on them, after the reads before", () => {
    const variable = new ResourceVariable(tf.tensor1d([1, 2, 3]));
    const dtype = { types: { dtype: DType.float32 } };
    const captured = captureGraph((scope) => {
      const resource = scope.variable([3]);
      const before = op1("ReadVariableOp", dtype, [resource]);
      op("AssignAddVariableOp", dtype, [resource, tf.ones([3])], 0);
      const after = op1("ReadVariableOp", dtype, [resource]);
      op("AssignAddVariableOp", dtype, [resource, tf.fill([3], 10)], 0);
      return [before, after];
    });
    for (const base of [0, 11, 22]) {
      const [before, after] = captured.run([variable.handle]).map((pointer) => {
        const { id } = binding.adoptHandle(pointer);
        return Array.from(binding.tensorDataSync(id) as Float32Array);
      });
      expect(before).toEqual([base + 1, base + 2, base + 3]);
      expect(after).toEqual([base + 2, base + 3, base + 4]);
    }
    variable.dispose();
  });

  it("runs beside the event loop", async () => {
    const captured = captureGraph((scope) => [tf.sum(tf.square(vector(scope, 1000)))]);
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    const [pointer = 0n] = await captured.runAside([handle(tf.ones([1000]))]);
    await new Promise((resolve) => setTimeout(resolve, 10));
    clearInterval(timer);
    expect(binding.tensorDataSync(binding.adoptHandle(pointer).id)).toEqual(Float32Array.of(1000));
    expect(ticks).toBeGreaterThan(0);
  });

  it("an error while it runs is an error of its caller, on either thread", async () => {
    const captured = captureGraph((scope) => {
      const labels = scope.input(DType.int32, [1]);
      const types = { T: DType.float32, Tlabels: DType.int32 };
      return op("SparseSoftmaxCrossEntropyWithLogits", { types }, [tf.zeros([1, 3]), labels], 2);
    });
    const wrong = [handle(tf.tensor1d([5], "int32"))];
    const message =
      /running the captured step failed[\s\S]*label value of 5 which is outside the valid range/;
    expect(() => captured.run(wrong)).toThrowError(message);
    await expect(captured.runAside(wrong)).rejects.toThrowError(message);
  });

  it("wants as many inputs as it was captured with", () => {
    const captured = captureGraph((scope) => [tf.neg(vector(scope))]);
    expect(() => captured.run([])).toThrowError(/takes 1 tensors, but was given 0/);
  });
});

describe("what cannot be captured", () => {
  const trying = (build: (x: tf.Tensor1D) => tf.Tensor[]) => () =>
    captureGraph((scope) => build(vector(scope)));

  it("names the op whose values are read", () => {
    const read = trying((x) => [tf.tensor(tf.exp(x).dataSync())]);
    expect(read).toThrowError(CaptureError);
    expect(read).toThrowError(/the values of Exp's output cannot be read/);
  });

  it("random numbers of the host; with a seed they are the same at every step anyway", () => {
    expect(trying((x) => [tf.add(x, tf.randomNormal([3]))])).toThrowError(/drawn on the host/);
    const captured = captureGraph((scope) => [
      tf.add(vector(scope), tf.randomUniform([3], 0, 1, "float32", 5)),
    ]);
    const zeros = tf.zeros([3]);
    expect(run(captured, zeros)).toEqual(run(captured, zeros));
    expect(Math.random()).toBeLessThan(1);
  });

  it("a variable that is not among its inputs", () => {
    const variable = tf.variable(tf.ones([3]), true, "the stranger");
    expect(trying((x) => [tf.mul(x, variable)])).toThrowError(
      /variable "the stranger" is none of the model's weights/,
    );
    expect(trying((x) => [tf.mul(x, tf.mul(variable, 2))])).toThrowError(/variable "the stranger" is none/);
  });

  it("shapes that depend on values", () => {
    expect(
      trying((x) => [op("Where", { types: { T: DType.bool } }, [tf.greater(x, 0)])[0] as tf.Tensor]),
    ).toThrowError(/Where cannot be captured: the shape of its output depends on values/);
  });

  it("a wrong op fails with TensorFlow's message, and the next capture works", () => {
    expect(trying((x) => [op1("MatMul", { types: { T: DType.float32 } }, [x, x])])).toThrowError(
      /MatMul cannot be captured: Shape must be rank 2 but is rank 1/,
    );
    expect(trying((x) => [tf.neg(x)])).not.toThrow();
  });

  it("nothing at all", () => {
    expect(trying(() => [])).toThrowError(/needs at least one output/);
  });
});
