import { expect, it } from "vitest";
import { withKept } from "../../../../src/board/server/withKept.js";
import type { RunData } from "../../../../src/track/runData.js";
import { StoredBytes } from "../../../../src/track/storedBytes.js";
import { StoredGraph } from "../../../../src/track/storedGraph.js";
import { StoredJson } from "../../../../src/track/storedJson.js";
import { exampleRun, series, trainingRun } from "../exampleRuns.js";

const time = { step: 0, wallTime: 1_760_000_000 };
const stored = new StoredBytes("events", 0, 1);
const picture = { ...time, width: 1, height: 1, images: [stored] };
const figure = { ...time, spec: new StoredJson<Record<string, unknown>>("events", 0, 1) };

const before: RunData = {
  ...trainingRun("a", { decay: 0.5, layers: 2, epochs: 1 }),
  system: new Map([["system/load1", series([1])]]),
  figures: new Map([["curve", [figure]]]),
};
/** As a reader gives it: maps anew each time. */
function readAgain(changes: Partial<RunData> = {}): RunData {
  return {
    ...before,
    record: { ...before.record, heartbeat: "2026-01-01T00:00:15.000Z" },
    scalars: new Map(before.scalars),
    histograms: new Map(before.histograms),
    texts: new Map(before.texts),
    figures: new Map(before.figures),
    system: new Map(before.system),
    ...changes,
  };
}

it("is the run of before where only a sign of life came", () => {
  expect(withKept(before, readAgain())).toBe(before);
});

it.each<[string, Partial<RunData>]>([
  ["a measurement of the machine", { system: new Map([["system/load1", series([1, 2])]]) }],
  ["a text", { texts: new Map([["notes", [{ ...time, texts: [stored] }]]]) }],
  ["a picture", { images: new Map([["digits", [picture]]]) }],
  ["a figure's picture, which comes after it", { figures: new Map([["curve", [{ ...figure, picture }]]]) }],
  ["a graph", { graph: new StoredGraph("events", 0, 1) }],
  ["a summary", { record: { ...before.record, ownSummary: { best: 1 } } }],
  ["notes", { record: { ...before.record, notes: "seen" } }],
  ["a status", { status: "failed" }],
  ["a scalar", { scalars: new Map([...before.scalars, ["more", series([1])]]) }],
])("is another one for %s, and keeps what did not grow", (_, change) => {
  const run = withKept(before, readAgain(change));
  expect(run).not.toBe(before);
  expect(run).toMatchObject(change);
  for (const [tag, kept] of before.scalars) expect(run.scalars.get(tag)).toBe(kept);
  if (!change.scalars) expect(run.scalars).toBe(before.scalars);
});

it("is another one where the machine was not measured before", () => {
  const { system, ...without } = exampleRun("b", { loss: series([1]) });
  expect(system).toBeUndefined();
  const measured = new Map([["system/load1", series([1])]]);
  expect(withKept(without, { ...without, system: measured }).system).toEqual(measured);
});
