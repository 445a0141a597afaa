/** Whether the narrow types of products are computed at speed here. */
import { needTensorflow } from "./core.js";
import { type NativeInfo, nativeInfo } from "./info.js";
import type { Narrow } from "./narrow.js";

export type { Narrow };

/** The extensions of a processor, one of which its kernels need. */
const extensions: Readonly<Record<Narrow, readonly string[]>> = {
  bfloat16: ["avx512_bf16", "amx_bf16"],
  float16: ["avx512_fp16", "amx_fp16"],
};

type Machine = Pick<NativeInfo, "devices" | "oneDNN" | "cpu">;

/** It does not change while the process lives. */
let known: Machine | undefined;

/** This process's; WebAssembly has no narrow types. */
function machineHere(type: Narrow): Machine {
  needTensorflow(`computing in ${type}`);
  known ??= nativeInfo();
  return known;
}

/**
 * What a type lacks here, to follow "needs"; undefined where it has all. On a CPU without bfloat16 TensorFlow's kernels
 * took 2.5 times as long as float32's (oneDNN kept to AVX-512 without it), without oneDNN 8 to 20 times, and with AVX2
 * alone a convolution failed. Any GPU is taken: those with a compute capability below 8.0 have no bfloat16 of their own,
 * but TensorFlow's C API tells of a GPU its name, type and memory alone.
 *
 * @param machine default: this one
 * @throws LibtensorflowError where WebAssembly computes.
 */
export function narrowLacks(type: Narrow, machine: Machine = machineHere(type)): string | undefined {
  const { devices, oneDNN, cpu } = machine;
  if (devices.some((device) => device.type === "GPU")) return undefined;
  if (!cpu.flags.some((flag) => extensions[type].includes(flag)))
    return `a GPU, or a processor that says it has ${extensions[type].join(" or ")}; ${cpu.model} has ${cpu.flags.join(" ") || "no extension that this system tells"}`;
  return oneDNN ? undefined : "oneDNN, which is off here; do not set TF_ENABLE_ONEDNN_OPTS to 0";
}
