import { afterEach, beforeEach, expect, it, type MockInstance, vi } from "vitest";
import { binding } from "../../../../src/native/binding.js";
import { captureGraph } from "../../../../src/native/capture/captureGraph.js";
import { DType } from "../../../../src/native/dtypes.js";
import { tf } from "../../../../src/native/index.js";
import { tensorflow } from "../../../../src/native/tensorflow.js";
import { tensorId } from "../../../../src/native/tensorId.js";

let made: MockInstance;
let deleted: MockInstance;

beforeEach(() => {
  const { api } = tensorflow();
  made = vi.spyOn(api, "TFE_NewOp");
  deleted = vi.spyOn(api, "TFE_DeleteOp");
});
afterEach(() => vi.restoreAllMocks());

const handle = (tensor: tf.Tensor) => binding.handle(tensorId(tensor), "a test");
const doubled = () => captureGraph((scope) => [tf.mul(scope.input(DType.float32, [2]), 2)]);

it("frees its op when TensorFlow does not take the inputs", async () => {
  const captured = doubled();
  const inputs = [handle(tf.tensor1d([1, 2], "int32"))];
  made.mockClear();
  deleted.mockClear();
  expect(() => captured.run(inputs)).toThrowError(/running the captured step failed/);
  await expect(captured.runAside(inputs)).rejects.toThrowError(/running the captured step failed/);
  expect(made).toHaveBeenCalledTimes(2);
  expect(deleted).toHaveBeenCalledTimes(2);
  captured.dispose();
});

it("frees its op when the call itself fails", async () => {
  const captured = doubled();
  const { api } = tensorflow();
  const broken = () => {
    throw new TypeError("no such pointer");
  };
  vi.spyOn(api, "TFE_OpAddInput").mockImplementation(broken);
  const inputs = [handle(tf.tensor1d([1, 2]))];
  made.mockClear();
  deleted.mockClear();
  expect(() => captured.run(inputs)).toThrowError(/no such pointer/);
  await expect(captured.runAside(inputs)).rejects.toThrowError(/no such pointer/);
  expect(made).toHaveBeenCalledTimes(2);
  expect(deleted).toHaveBeenCalledTimes(2);
  captured.dispose();
});
