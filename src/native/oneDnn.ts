/** Whether TensorFlow computes with oneDNN's kernels. */
import process from "node:process";
import { cpuFlags } from "../base/cpuFlags.js";

/** Processors with instructions for neural networks have it on by default, on Linux (util/port.cc of TensorFlow). */
const neural = ["avx512_vnni", "avx512_bf16", "avx_vnni", "amx_tile", "amx_int8", "amx_bf16"];
const asked: Readonly<Record<string, boolean>> = { 1: true, true: true, 0: false, false: false };

/**
 * TensorFlow's rule: TF_ENABLE_ONEDNN_OPTS decides where it is a truth value, else the processor. TensorFlow reads it
 * once, when its library is loaded.
 *
 * @param setting default: this process's
 * @param flags of the processor; default: this one's
 */
export function oneDnnIsOn(
  setting = process.env.TF_ENABLE_ONEDNN_OPTS ?? "",
  flags: readonly string[] = cpuFlags(),
): boolean {
  return asked[setting.toLowerCase()] ?? neural.some((flag) => flags.includes(flag));
}
