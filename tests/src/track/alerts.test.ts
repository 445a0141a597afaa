import { expect, test } from "vitest";
import { mostAlerts } from "../../../src/track/alerts.js";
import { openRun } from "../../../src/track/openRun.js";
import { readRun } from "../../../src/track/runReader.js";
import { runs } from "../../../src/track/runs.js";
import { temporaryFolder } from "./temporaryFolder.js";

test("an alert is said once, counted, kept, and listed", () => {
  const dir = temporaryFolder();
  const said: string[] = [];
  let time = 1.7e9;
  const clock = { wallTime: () => (time += 1) };
  const run = openRun({ name: "watched", dir, sources: [], clock, say: (line) => said.push(line) });
  for (const loss of [8, 9, 10]) run.alert("loss jumps", `to\n${loss}`, { level: "warn" });
  run.alert("loss jumps");
  expect(said).toEqual(["run watched: warn: loss jumps: to 8", "run watched: info: loss jumps"]);
  expect(String(run)).toContain("\n  warn: loss jumps (3 times): to 10\n  info: loss jumps");
  run.finish();
  const { alerts } = readRun(run.dir).record;
  expect(alerts).toMatchObject([
    { level: "warn", title: "loss jumps", text: "to\n10", count: 3 },
    { level: "info", title: "loss jumps", text: "", count: 1 },
  ]);
  expect(Date.parse(alerts![0]!.lastAt)).toBeGreaterThan(Date.parse(alerts![0]!.firstAt));
  const table = runs({ dir });
  expect(String(table)).toContain("warn: loss jumps (and 1 more)");
  expect(table.rows[0]!.alerts).toEqual(alerts);
});

test("a run without alerts has no column for them", () => {
  const dir = temporaryFolder();
  openRun({ name: "quiet", dir, sources: [] }).finish();
  expect(String(runs({ dir }))).not.toContain("alerts");
});

test("alerts of ever new titles are said, and kept up to a bound", () => {
  const said: string[] = [];
  const run = openRun({ name: "loud", dir: temporaryFolder(), sources: [], say: (line) => said.push(line) });
  for (let i = 0; i < mostAlerts + 20; i++) run.alert(`number ${i}`);
  expect(said).toHaveLength(mostAlerts + 20);
  expect(run.alerts).toHaveLength(mostAlerts);
  run.finish();
});

test.each([
  [[3], TypeError, "alert: its title must be a text; got number"],
  [["a", 3], TypeError, "alert: its text must be a text; got number"],
  [[" "], RangeError, 'alert: its title must not be empty; got " "'],
  [["a", "", { level: "fatal" }], RangeError, 'alert: level must be one of info, warn, error; got "fatal"'],
  [["a", "", { lvel: "info" }], TypeError, "alert: its only option is level; got lvel"],
])("refuses %j", (given, kind, message) => {
  const run = openRun({ name: "bad", dir: temporaryFolder(), sources: [], say: () => {} });
  const alerting = () => run.alert(...(given as Parameters<typeof run.alert>));
  expect(alerting).toThrow(kind);
  expect(alerting).toThrow(message);
  run.finish();
});
