import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/**
 * What a step of each model takes at the machine's rates, measured now: other programs make them smaller.
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
