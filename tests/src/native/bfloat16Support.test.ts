import { expect, it } from "vitest";
import { bfloat16Lacks } from "../../../src/native/bfloat16Support.js";

const cpu = { name: "/job:localhost/replica:0/task:0/device:CPU:0", type: "CPU" };
const gpu = { name: "/job:localhost/replica:0/task:0/device:GPU:0", type: "GPU" };
const processor = (...flags: string[]) => ({ model: "Some CPU", flags });

it.each(["avx512_bf16", "amx_bf16"])("lacks nothing with %s", (flag) => {
  const machine = { devices: [cpu], oneDNN: true, cpu: processor("avx2", flag) };
  expect(bfloat16Lacks(machine)).toBeUndefined();
});

it("lacks nothing on a GPU", () => {
  expect(bfloat16Lacks({ devices: [cpu, gpu], oneDNN: false, cpu: processor("avx2") })).toBeUndefined();
});

it("says what a processor has instead", () => {
  const machine = { devices: [cpu], oneDNN: true, cpu: processor("avx2", "avx512f") };
  expect(bfloat16Lacks(machine)).toBe(
    "a GPU, or a processor that says it has avx512_bf16 or amx_bf16; Some CPU has avx2 avx512f",
  );
  expect(bfloat16Lacks({ ...machine, cpu: processor() })).toContain("no extension that this system tells");
});

it("needs oneDNN's kernels", () => {
  expect(bfloat16Lacks({ devices: [cpu], oneDNN: false, cpu: processor("avx512_bf16") })).toBe(
    "oneDNN, which is off here; do not set TF_ENABLE_ONEDNN_OPTS to 0",
  );
});
