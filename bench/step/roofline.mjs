import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/**
 * What the machine's rates allow a step of each model at best, measured now: other programs make the rates smaller.
 * @param {string[]} names
 * @returns {{ flopsPerSecond: number, bytesPerSecond: number,
 *   steps: Record<string, { flops: number, stateBytes: number, milliseconds: number }> }}
 */
export function roofline(names) {
  const program = fileURLToPath(new URL("bounds.mjs", import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...names], { encoding: "utf8" });
  if (status !== 0) throw new Error(`the bounds of a step could not be measured: ${stderr}`);
  return JSON.parse(stdout);
}
