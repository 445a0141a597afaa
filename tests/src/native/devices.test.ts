import { afterEach, expect, it, vi } from "vitest";
import { binding } from "../../../src/native/binding.js";
import { devices, tf, withDevice } from "../../../src/native/index.js";
import { tensorflow } from "../../../src/native/tensorflow.js";
import { tensorId } from "../../../src/native/tensorId.js";

afterEach(() => vi.restoreAllMocks());

/** Where a tensor's memory is. */
function deviceOf(tensor: tf.Tensor): string {
  const { api, status } = tensorflow();
  return api.TFE_TensorHandleBackingDeviceName(binding.handle(tensorId(tensor), "a test").pointer, status);
}

it("names the devices", () => {
  expect(devices()).toContain("CPU:0");
});

it("asks TensorFlow for the device, inside alone, and for the outer one again after a nested call", () => {
  const asked = vi.spyOn(tensorflow().api, "TFE_OpSetDevice");
  const x = tf.ones([2]);
  const texts = tensorId(tf.tensor1d(["no number"]));
  const y = withDevice("CPU:0", () => {
    expect(() => withDevice("CPU:0", () => binding.executeOp("Neg", [], [texts], 1))).toThrow();
    return x.add(1);
  });
  expect(asked.mock.calls.map(([, name]) => name)).toEqual(Array(2).fill(tensorflow().devices[0]?.name));
  expect(deviceOf(y)).toMatch(/CPU:0$/);
  x.add(1);
  expect(asked).toHaveBeenCalledTimes(2);
});

it("refuses devices that are not there, and asynchronous functions, in one sentence", () => {
  expect(() => withDevice("GPU:7", () => 0)).toThrowError(
    /^placing ops needs one of the devices CPU:0.*, but was given GPU:7$/,
  );
  expect(() => withDevice("CPU:0", () => Promise.reject(new Error("late")))).toThrowError(
    "placing ops on CPU:0 needs a function that is not async, but it returned a promise",
  );
});
