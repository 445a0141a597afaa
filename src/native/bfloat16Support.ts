/** Whether bfloat16 is computed at speed here. */
import { needTensorflow } from "./core.js";
import { type NativeInfo, nativeInfo } from "./info.js";

const extensions = ["avx512_bf16", "amx_bf16"];

/** This process's; WebAssembly has no bfloat16. */
function machineHere(): NativeInfo {
  needTensorflow("computing in bfloat16");
  return nativeInfo();
}

/**
 * What bfloat16 lacks here, to follow "needs"; undefined where it has all. On a CPU without it TensorFlow's kernels took
 * 2.5 times as long as float32's (oneDNN kept to AVX-512 without it), without oneDNN 8 to 20 times, and with AVX2 alone
 * a convolution failed. Any GPU is taken: those with a compute capability below 8.0 have no bfloat16 of their own, but
 * TensorFlow's C API tells of a GPU its name, type and memory alone.
 *
 * @param machine default: this one
 * @throws LibtensorflowError where WebAssembly computes.
 */
export function bfloat16Lacks(
  machine: Pick<NativeInfo, "devices" | "oneDNN" | "cpu"> = machineHere(),
): string | undefined {
  const { devices, oneDNN, cpu } = machine;
  if (devices.some(({ type }) => type === "GPU")) return undefined;
  if (!cpu.flags.some((flag) => extensions.includes(flag)))
    return `a GPU, or a processor that says it has ${extensions.join(" or ")}; ${cpu.model} has ${cpu.flags.join(" ") || "no extension that this system tells"}`;
  return oneDNN ? undefined : "oneDNN, which is off here; do not set TF_ENABLE_ONEDNN_OPTS to 0";
}
