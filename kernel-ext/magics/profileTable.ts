/** What `%profile` prints. */

import { durationText } from "../../src/base/durationText.js";
import type { CapturesCost, OpCost } from "../../src/index.js";

/** Wall and CPU time in milliseconds; the most that tensors took at once. */
export interface ProfileTotals {
  readonly wall: number;
  readonly cpu: number;
  readonly peakBytes: number;
}

export function headline(ops: readonly OpCost[], { wall, cpu, peakBytes }: ProfileTotals): string {
  const times = `wall ${durationText(wall / 1000)}, CPU ${durationText(cpu / 1000)}`;
  if (ops.length === 0) return `${times}; no TensorFlow op ran`;
  const native = ops.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const inside = `in TensorFlow ${durationText(native / 1000)} (${share(native, wall)})`;
  return `${times}; ${inside}; tensors at most ${megabytes(peakBytes)} MB`;
}

/** A line; none without captures. */
export function capturesLine({ count, tracing, firstRuns }: CapturesCost): string {
  if (count === 0) return "";
  const [traced, ran] = [tracing, firstRuns].map((milliseconds) => durationText(milliseconds / 1000));
  const what =
    count === 1 ? "1 capture, of one shape of batch" : `${count} captures, each of one shape of batch`;
  return `${what}: ${traced} to note the ops, ${ran} for first runs, in which TensorFlow prepares the graph\n`;
}

/** A line for each of the `top` dearest ops, and one for the rest. */
export function opTable(ops: readonly OpCost[], { wall, top }: { wall: number; top: number }): string {
  const rows = ops
    .slice(0, top)
    .map(({ name, calls, milliseconds, flops, bytes }) => [
      milliseconds.toFixed(1),
      share(milliseconds, wall),
      String(calls),
      (milliseconds / calls).toFixed(3),
      flops === undefined ? "" : gigaflopsASecond(flops, milliseconds),
      megabytes(bytes),
      name,
    ]);
  const left = ops.slice(top);
  const rest = left.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  if (left.length > 0)
    rows.push([rest.toFixed(1), share(rest, wall), "", "", "", "", `${left.length} other ops`]);
  const header = ["ms", "of wall", "calls", "ms a call", "GFLOP/s", "MB", "op"];
  return rows.length === 0 ? "" : rightTable([header, ...rows]);
}

function gigaflopsASecond(flops: number, milliseconds: number): string {
  return milliseconds > 0 ? (flops / milliseconds / 1e6).toFixed(1) : "";
}

function megabytes(bytes: number | undefined): string {
  return bytes === undefined ? "" : (bytes / 1e6).toFixed(1);
}

function share(part: number, whole: number): string {
  return `${((part / whole) * 100).toFixed(1)} %`;
}

/** Every column but the last stands on the right. */
function rightTable(lines: readonly (readonly string[])[]): string {
  const last = (lines[0]?.length ?? 0) - 1;
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const format = (line: readonly string[]) =>
    line.map((cell, column) => (column === last ? cell : cell.padStart(widths?.[column] ?? 0))).join("  ");
  return lines.map((line) => `${format(line)}\n`).join("");
}
