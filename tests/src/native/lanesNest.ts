import { expect } from "vitest";
import type { ChromeTrace, TraceEvent } from "../../../src/index.js";

/** Holds a timeline to its format: of two events in a lane one lies within the other, or they do not overlap. */
export function lanesNest({ traceEvents }: ChromeTrace): void {
  const tolerance = 1e-4;
  const open = new Map<number, TraceEvent[]>();
  const stretches = traceEvents.filter(({ ph }) => ph === "X");
  expect(stretches.length).toBeGreaterThan(0);
  for (const event of stretches.toSorted((a, b) => a.ts - b.ts || b.dur - a.dur)) {
    expect(event.dur).toBeGreaterThanOrEqual(0);
    const around = open.get(event.tid) ?? [];
    open.set(event.tid, around);
    const end = ({ ts, dur }: TraceEvent) => ts + dur;
    while (around.length > 0 && end(around.at(-1) as TraceEvent) <= event.ts + tolerance) around.pop();
    const outer = around.at(-1);
    if (outer) expect(end(event)).toBeLessThanOrEqual(end(outer) + tolerance);
    around.push(event);
  }
}
