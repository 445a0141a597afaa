import { expect, it } from "vitest";
import { nativeInfo, tf } from "../../../src/native/index.js";

it("names what computes here", () => {
  const info = nativeInfo();
  expect(info.tensorflow).toMatch(/^2\.\d+\.\d+/);
  // `npm run test:libs` says which one it wants, so that none is tried in another's place.
  expect(info.tensorflow).toContain(process.env.TUNELAB_EXPECT_TENSORFLOW ?? "2.");
  expect(info.library).toMatch(/libtensorflow_cc/);
  expect(info.devices.map(({ type }) => type)).toContain("CPU");
  expect(info.threads.intraOp).toBeGreaterThanOrEqual(1);
  expect(info.threads.interOp).toBeGreaterThanOrEqual(1);
  expect(typeof info.oneDNN).toBe("boolean");
  expect(info.cpu.model).not.toBe("");
  expect(tf.getBackend()).toBe("tensorflow");
});

it("tells of oneDNN what TensorFlow read when it was loaded, whatever was set since", () => {
  const { oneDNN } = nativeInfo();
  const { TF_ENABLE_ONEDNN_OPTS: before } = process.env;
  process.env.TF_ENABLE_ONEDNN_OPTS = oneDNN ? "0" : "1";
  try {
    expect(nativeInfo().oneDNN).toBe(oneDNN);
  } finally {
    if (before === undefined) delete process.env.TF_ENABLE_ONEDNN_OPTS;
    else process.env.TF_ENABLE_ONEDNN_OPTS = before;
  }
});
