import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { workersTimeline } from "../../../src/board/panels/sweepTimeline.js";
import { paretoChoice } from "../../../src/board/secondMetric.js";
import { sweepData } from "../../../src/board/sweepFromRecord.js";
import { readSweep } from "../../../src/sweep/readSweep.js";
import { exampleRun, series, sweepInStates } from "./exampleRuns.js";
import { panelStyle } from "./panelStyle.js";
import { writeRun } from "./writtenRuns.js";
import { writeSweep } from "./writtenSweep.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sweepFromRecord-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Times and workers as a journal tells them: a line a change. */
function timedSweep(): string {
  const dir = writeSweep(sweepInStates(["complete", "complete", "pruned", "failed"]), folder);
  const file = join(dir, "journal.log");
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  const timed = lines.flatMap((line) => {
    const record = JSON.parse(line);
    if (record.type === "ask")
      return [
        { ...record, time: 1000 + 10 * record.trial },
        { type: "start", trial: record.trial, attempt: 1, worker: record.trial % 2 },
      ];
    const since = record.type === "tell" ? 25 : 5;
    return ["tell", "report"].includes(record.type)
      ? [{ ...record, time: 1000 + 10 * record.trial + since }]
      : [record];
  });
  writeFileSync(file, timed.map((record) => `${JSON.stringify(record)}\n`).join(""));
  return dir;
}

const rows = (dir: string) => {
  const chart = workersTimeline(sweepData(readSweep(dir)), { ...panelStyle, interactive: false });
  if (!chart) throw new Error("the sweep has no timeline");
  const { values } = chart.data as { values: string };
  return values
    .split("\n")
    .slice(1)
    .map((row) => row.split(",").slice(0, 4).map(Number));
};

it("has a bar a trial from its ask to its end, in the row of its worker", () => {
  expect(rows(timedSweep())).toEqual([
    [0, 0, 0, 25],
    [1, 1, 10, 35],
    [2, 0, 20, 45],
    [3, 1, 30, 55],
  ]);
});

it("ends the bar of a trial that was cut short at the journal's last word", () => {
  const dir = timedSweep();
  appendFileSync(
    join(dir, "journal.log"),
    `${JSON.stringify({ type: "ask", trial: 4, attempt: 1, time: 1060, params: {}, sees: 4 })}\n${JSON.stringify({ type: "report", trial: 4, attempt: 1, time: 1080, step: 1, value: 0.5 })}\n`,
  );
  expect(readSweep(dir).trials[4]?.state).toBe("interrupted");
  const last = rows(dir).at(-1);
  expect(last?.[2]).toBe(60);
  expect(last?.[3]).toBe(80);
});

it("shows a journal that does not say who worked in one row", () => {
  const dir = writeSweep(sweepInStates(["complete", "failed"]), folder);
  const chart = workersTimeline(sweepData(readSweep(dir)), panelStyle);
  expect(JSON.stringify(chart)).toContain("no worker");
  expect(rows(dir).map(([, worker]) => worker)).toEqual([0, 0]);
});

it("weighs trials by seconds, or by a parameter that a person names", () => {
  const dir = timedSweep();
  const seconds = (pareto?: string) =>
    sweepData(readSweep(dir), pareto === undefined ? undefined : paretoChoice(pareto)).trials.map(
      ({ second }) => second,
    );
  expect(seconds()).toEqual([25, 25, 25, 25]);
  expect(seconds("units")).toEqual([16, 32, 48, 64]);
  expect(seconds("valLoss")).toEqual([undefined, undefined, undefined, undefined]);
});

it("counts the model's parameters, whatever a parameter of that name says", () => {
  const run = writeRun(exampleRun("sized", { "epoch/valLoss": series([1]) }), folder);
  const file = join(run, "run.json");
  const record = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ ...record, model: { layers: [], parameters: 1234 } }));
  const { trials, distributions, ...sweep } = sweepInStates(["complete"]);
  const named = {
    ...sweep,
    trials: trials.map((trial) => ({ ...trial, params: { parameters: 2 } })),
    distributions: { parameters: { kind: "int", low: 1, high: 9, log: false, step: 1 } as const },
  };
  const { second, trials: read } = sweepData(
    readSweep(writeSweep(named, folder, [run])),
    paretoChoice("parameters"),
  );
  expect(second?.title).toBe("parameters of the model");
  expect(read.map((trial) => trial.second)).toEqual([1234]);
});

it("says why trials have no value that their runs would tell", () => {
  const gone = join(folder, "gone");
  const torn = join(folder, "torn");
  mkdirSync(torn);
  writeFileSync(join(torn, "run.json"), '{"id": "a');
  const whole = writeRun(exampleRun("whole", { "epoch/valLoss": series([0.5, 0.25, 0.75]) }), folder);
  const dir = writeSweep(sweepInStates(["complete", "complete", "complete", "pruned"]), folder, [
    torn,
    whole,
    gone,
    gone,
  ]);
  const told: string[] = [];
  const { trials } = sweepData(readSweep(dir), paretoChoice("valLoss"), (sentence) => told.push(sentence));
  expect(trials.map(({ second }) => second)).toEqual([undefined, 0.25, undefined, undefined]);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(/^states: no valLoss of 2 trials, whose runs cannot be read: read /);
  expect(told[0]).toContain(`${join(torn, "run.json")}: it must hold JSON`);
  sweepData(readSweep(dir), paretoChoice("units"), (sentence) => told.push(sentence));
  expect(told).toHaveLength(1);
});
