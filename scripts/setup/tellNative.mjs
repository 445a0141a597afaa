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
    `processor   ${cpu.model}: ${cpu.flags.join(" ") || "its extensions are not told"}`,
    `oneDNN      ${info.oneDNN ? "on" : "off"}`,
    `threads     ${threads.intraOp} in an op, ${threads.interOp} ops side by side`,
  ];
}

function driver() {
  try {
    return /NVRM version: .*?(\d+\.[\d.]+)/.exec(readFileSync("/proc/driver/nvidia/version", "utf8"))?.[1];
  } catch {
    return undefined;
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { nativeInfo } = await import("../../dist/src/index.js");
  const info = nativeInfo();
  if (process.argv.includes("--json")) console.log(JSON.stringify(info));
  else console.log(nativeLines(info).join("\n"));
}
