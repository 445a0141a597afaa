import { expect, it } from "vitest";
import { opTimes } from "../../src/index.js";

const profile = {
  ops: [
    { name: "Conv2D", calls: 3, milliseconds: 6, flops: 1.234e9, bytes: 2.04e6 },
    { name: "captured step", calls: 1, milliseconds: 1.5, flops: undefined, bytes: undefined },
    { name: "Relu", calls: 12, milliseconds: 0.5, flops: undefined, bytes: 51e6 },
  ],
};

it("is a table of ops with their shares", () => {
  expect(String(opTimes(profile)).split("\n")).toEqual([
    "op             calls   ms   share  GFLOP    MB",
    "─────────────  ─────  ───  ──────  ─────  ────",
    "Conv2D             3  6.0  75.0 %   1.23   2.0",
    "captured step      1  1.5  18.8 %",
    "Relu              12  0.5   6.3 %         51.0",
  ]);
  expect(String(opTimes({ ops: [] })).split("\n")[0]).toBe("op  calls  ms  share  GFLOP  MB");
});

it("shows itself as a chart", async () => {
  const bundle = await opTimes(profile).toMimeBundle();
  expect(Object.keys(bundle).sort()).toEqual([
    "application/vnd.vegalite.v5+json",
    "image/png",
    "image/svg+xml",
    "text/plain",
  ]);
  expect(bundle["text/plain"]).toBe("time in TensorFlow by op, of 3 ops");
  for (const text of ["captured step", "75.0%", "18.8%"])
    expect(bundle["image/svg+xml"]).toContain(`>${text}<`);
});
