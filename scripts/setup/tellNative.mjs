// Run by setupVerb.mjs in a process of its own: what TensorFlow answers, as lines of text, or as JSON with --json.
import { readFileSync } from "node:fs";

/**
 * @typedef {import("../../src/native/info.js").NativeInfo} NativeInfo
 * @param {NativeInfo} info
 * @returns {string[]}
 */
export function nativeLines(info) {
  const { cuda, cpu, threads } = info;
  const built = cuda ? `built for CUDA ${cuda.cuda} and cuDNN ${cuda.cudnn}` : "built for the CPU alone";
  return [
    `TensorFlow  ${info.tensorflow}${info.untried ? " (newer than any that was tried)" : ""}, ${built}`,
    `library     ${info.library} (${info.foundBy})`,
    `devices     ${info.devices.map(({ name }) => name.replace(/^.*device:/, "")).join(", ")}`,
    `driver      ${driver() ?? "no NVIDIA driver answers"}`,
    `processor   ${processor(cpu)}`,
    `oneDNN      ${info.oneDNN ? "on" : "off"}`,
    `threads     ${threads.intraOp} in an op, ${threads.interOp} ops side by side`,
  ];
}

/**
 * What computes where TensorFlow's library is absent, or where TUNELAB_BACKEND wants none.
 * @param {import("../../src/native/info.js").WasmInfo} info
 * @param {boolean} asked whether TUNELAB_BACKEND asked for it
 * @returns {string[]}
 */
export function wasmLines({ tfjs, cpu }, asked) {
  const why = asked
    ? "not asked for: TUNELAB_BACKEND=wasm has WebAssembly (wasm) compute, 7 to 40 times slower; unset it for TensorFlow"
    : "not found: WebAssembly (wasm) computes instead, 7 to 40 times slower; `tunelab setup` brings the library";
  return [
    `TensorFlow  ${why}`,
    `backend     wasm of TensorFlow.js ${tfjs}, on one core`,
    `processor   ${processor(cpu)}`,
  ];
}

/** @param {NativeInfo["cpu"]} cpu */
function processor({ model, flags }) {
  return `${model}: ${flags.join(" ") || "its extensions are not told"}`;
}

function driver() {
  try {
    return /NVRM version: .*?(\d+\.[\d.]+)/.exec(readFileSync("/proc/driver/nvidia/version", "utf8"))?.[1];
  } catch {
    return undefined;
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { nativeInfo, wasmInfo } = await import("../../dist/src/native/index.js");
  const wasm = wasmInfo();
  const info = wasm ?? nativeInfo();
  if (process.argv.includes("--json")) console.log(JSON.stringify(info));
  else
    console.log(
      (wasm ? wasmLines(wasm, process.env.TUNELAB_BACKEND === "wasm") : nativeLines(nativeInfo())).join("\n"),
    );
}
