import { describe, expect, it } from "vitest";
import { binding } from "../../../../src/native/binding.js";
import type { CapturedLoop } from "../../../../src/native/capture/capturedLoop.js";
import { CaptureError } from "../../../../src/native/capture/captureError.js";
import { captureLoop } from "../../../../src/native/capture/captureLoop.js";
import { DType } from "../../../../src/native/dtypes.js";
import { tf } from "../../../../src/native/index.js";
import { op, op1 } from "../../../../src/native/op.js";
import { ResourceVariable } from "../../../../src/native/resourceVariable.js";
import { tensorId } from "../../../../src/native/tensorId.js";

const handle = (tensor: tf.Tensor) => binding.handle(tensorId(tensor), "a test");
const float = { types: { dtype: DType.float32 } };

/** The turns that were done, and their rows. */
function run(loop: CapturedLoop, turns: number, ...inputs: tf.Tensor[]): [number | undefined, number[]] {
  const given = [tf.tensor1d([turns], "int32"), ...inputs];
  const [done, rows] = loop.run(given.map(handle)).map((pointer) => {
    const { id } = binding.adoptHandle(pointer);
    const values = Array.from(binding.tensorDataSync(id) as Float32Array);
    binding.deleteTensor(id);
    return values;
  });
  given[0]?.dispose();
  return [done?.[0], rows ?? []];
}

/** Each turn takes the variable v to 2v + x, and gives the x and the new v. */
const doubling = () =>
  captureLoop({
    most: 6,
    given: (scope) => [scope.input(DType.float32, [6]), scope.variable([1])],
    turn(index, [x, v]) {
      const now = tf.gather(x as tf.Tensor1D, tf.reshape(index, [1]));
      const before = op1("ReadVariableOp", float, [v as tf.Tensor]);
      op("AssignVariableOp", float, [v as tf.Tensor, tf.add(tf.mul(before, 2), now)], 0);
      const after = op1("ReadVariableOp", float, [v as tf.Tensor]);
      return { row: tf.concat1d([now, after as tf.Tensor1D]), goesOn: tf.less(tf.sum(after), 50) };
    },
  });

describe("captureLoop", () => {
  it("does each turn after what the one before wrote", () => {
    const loop = doubling();
    const variable = new ResourceVariable(tf.tensor1d([1]));
    const x = tf.tensor1d([1, 2, 0, 5, 1, 1]);
    expect(run(loop, 3, x, variable.resource)).toEqual([3, [1, 3, 2, 8, 0, 16, 0, 0, 0, 0, 0, 0]]);
    expect(run(loop, 1, x, variable.resource)).toEqual([1, [1, 33, ...Array(10).fill(0)]]);
    expect([...variable.read().dataSync()]).toEqual([33]);
    loop.dispose();
  });

  it("ends with the turn that does not go on, whose writes stay", () => {
    const loop = doubling();
    const variable = new ResourceVariable(tf.tensor1d([10]));
    const x = tf.tensor1d([0, 0, 0, 0, 0, 0]);
    expect(run(loop, 6, x, variable.resource)).toEqual([3, [0, 20, 0, 40, 0, 80, 0, 0, 0, 0, 0, 0]]);
    expect([...variable.read().dataSync()]).toEqual([80]);
    loop.dispose();
  });

  it("does none, one, and all turns, and keeps nothing", () => {
    const loop = doubling();
    const variable = new ResourceVariable(tf.tensor1d([0]));
    const x = tf.zeros([6]);
    run(loop, 1, x, variable.resource);
    const before = [tf.memory().numTensors, binding.getNumOfTensors()];
    expect([0, 1, 6].map((turns) => run(loop, turns, x, variable.resource)[0])).toEqual([0, 1, 6]);
    expect([tf.memory().numTensors, binding.getNumOfTensors()]).toEqual(before);
    loop.dispose();
    expect(() => run(loop, 1, x, variable.resource)).toThrow();
  });

  it("computes gradients in a turn", () => {
    const cube = (x: tf.Tensor) => tf.sum(tf.mul(tf.square(x), x));
    const loop = captureLoop({
      most: 2,
      given: (scope) => [scope.input(DType.float32, [2, 3])],
      turn: (index, [x]) => ({
        row: tf.grad(cube)(tf.squeeze(tf.gather(x as tf.Tensor, tf.reshape(index, [1])), [0])) as tf.Tensor1D,
        goesOn: tf.scalar(true),
      }),
    });
    expect(run(loop, 2, tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]))).toEqual([2, [3, 12, 27, 48, 75, 108]]);
    loop.dispose();
  });

  it("refuses what would freeze a value, and leaves no tensor behind", () => {
    const variable = tf.variable(tf.tensor1d([1]), true, "outside the loop");
    const before = tf.memory().numTensors;
    const capture = () =>
      captureLoop({
        most: 2,
        given: (scope) => [scope.input(DType.float32, [1])],
        turn: (_, [x]) => ({ row: tf.mul(x as tf.Tensor1D, variable), goesOn: tf.scalar(true) }),
      });
    expect(capture).toThrow(CaptureError);
    expect(capture).toThrow('the variable "outside the loop" is none of the model');
    expect(tf.memory().numTensors).toBe(before);
    variable.dispose();
  });
});
