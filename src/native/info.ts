/** What computes here: the facts that make a run repeatable. */
import { cpus } from "node:os";
import { cpuFlags } from "../base/cpuFlags.js";
import { tf } from "./backend.js";
import { needTensorflow, onWasm } from "./core.js";
import { type Device, tensorflow } from "./tensorflow.js";
import { isUntried } from "./versions.js";
import { type CudaBuild, cudaBuild } from "./wheelBuild.js";

export interface NativeInfo {
  /** TensorFlow's version, such as `2.21.0`. */
  readonly tensorflow: string;
  /** Whether it is newer than any that tunelab's tests were run on. */
  readonly untried: boolean;
  /** The library that is loaded. */
  readonly library: string;
  /** What led to it, such as `the checkout's .venv`. */
  readonly foundBy: string;
  /** The CUDA and cuDNN that the library was built for; null where it is for the CPU alone. */
  readonly cuda: CudaBuild | null;
  readonly devices: readonly Device[];
  readonly threads: { readonly intraOp: number; readonly interOp: number };
  /** Whether oneDNN's kernels are used; they give other last digits. */
  readonly oneDNN: boolean;
  readonly cpu: { readonly model: string; readonly flags: readonly string[] };
}

/** Loads the library if need be. */
export function nativeInfo(): NativeInfo {
  needTensorflow("telling what TensorFlow computes with");
  const { api, paths, devices, config, oneDnn } = tensorflow();
  return {
    tensorflow: api.TF_Version(),
    untried: isUntried(api.TF_Version()),
    library: paths.cc,
    foundBy: paths.foundBy,
    cuda: cudaBuild(paths.cc) ?? null,
    devices,
    threads: { intraOp: config.intraOpThreads, interOp: config.interOpThreads },
    oneDNN: oneDnn,
    cpu: cpuInfo(),
  };
}

/** What computes where TensorFlow's library is absent. */
export interface WasmInfo {
  readonly backend: "wasm";
  /** TensorFlow.js's version, such as `4.22.0`. */
  readonly tfjs: string;
  readonly cpu: NativeInfo["cpu"];
}

/** What WebAssembly computes with; undefined where TensorFlow does. */
export function wasmInfo(): WasmInfo | undefined {
  return onWasm ? { backend: "wasm", tfjs: tf.version.tfjs, cpu: cpuInfo() } : undefined;
}

function cpuInfo(): NativeInfo["cpu"] {
  return { model: cpus()[0]?.model ?? "unknown", flags: vectorExtensions() };
}

/** Those of the CPU's instruction sets that choose the kernels, sorted. Empty where the system does not tell. */
function vectorExtensions(): string[] {
  return cpuFlags()
    .filter((flag) => /^(sse4|avx|fma|amx|asimd|sve|bf16|neon)/.test(flag))
    .sort();
}
