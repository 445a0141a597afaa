/** What the triangles at a chart's foot stand for. */
import type { Line } from "./lines.js";

/** `▲ NaN, Infinity`, of what there is; empty where all values are finite. */
export function brokenNote(lines: readonly Pick<Line, "values">[]): string {
  const found = new Set<number>();
  for (const { values } of lines)
    for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) found.add(values[i] as number);
  return found.size === 0 ? "" : `▲ ${[...found].join(", ")}`;
}
