import type { RunRow } from "../../../../src/track/runRow.js";

/** A run as a table has it, made of what a test cares for. */
export function row(name: string, more: Partial<RunRow> = {}): RunRow {
  return {
    dir: `/runs/${name}`,
    id: "abcdefgh",
    name,
    group: undefined,
    tags: [],
    status: "finished",
    createdAt: "2026-11-24T13:20:07.000Z",
    duration: 90,
    config: {},
    metrics: {},
    ...more,
  };
}
