import { expect, it } from "vitest";
import { narrowLacks } from "../../../src/native/narrowSupport.js";

const cpu = { name: "/job:localhost/replica:0/task:0/device:CPU:0", type: "CPU" };
const gpu = { name: "/job:localhost/replica:0/task:0/device:GPU:0", type: "GPU" };
const processor = (...flags: string[]) => ({ model: "Some CPU", flags });

it.each(["avx512_bf16", "amx_bf16"])("lacks nothing with %s", (flag) => {
  const machine = { devices: [cpu], oneDNN: true, cpu: processor("avx2", flag) };
  expect(narrowLacks("bfloat16", machine)).toBeUndefined();
  expect(narrowLacks("float16", machine)).toContain("avx512_fp16 or amx_fp16");
});

it("lacks nothing on a GPU", () => {
  const machine = { devices: [cpu, gpu], oneDNN: false, cpu: processor("avx2") };
  expect(narrowLacks("bfloat16", machine)).toBeUndefined();
  expect(narrowLacks("float16", machine)).toBeUndefined();
});

it("says what a processor has instead", () => {
  const machine = { devices: [cpu], oneDNN: true, cpu: processor("avx2", "avx512f") };
  expect(narrowLacks("bfloat16", machine)).toBe(
    "a GPU, or a processor that says it has avx512_bf16 or amx_bf16; Some CPU has avx2 avx512f",
  );
  expect(narrowLacks("bfloat16", { ...machine, cpu: processor() })).toContain(
    "no extension that this system tells",
  );
});

it("needs oneDNN's kernels", () => {
  expect(narrowLacks("bfloat16", { devices: [cpu], oneDNN: false, cpu: processor("avx512_bf16") })).toBe(
    "oneDNN, which is off here; do not set TF_ENABLE_ONEDNN_OPTS to 0",
  );
});

it.each(["avx512_fp16", "amx_fp16"])("lacks nothing of float16 with %s", (flag) => {
  const machine = { devices: [cpu], oneDNN: true, cpu: processor("avx2", flag) };
  expect(narrowLacks("float16", machine)).toBeUndefined();
  expect(narrowLacks("float16", { ...machine, oneDNN: false })).toContain("oneDNN, which is off");
  expect(narrowLacks("bfloat16", machine)).toContain("avx512_bf16 or amx_bf16");
});
