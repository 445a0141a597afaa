import { expect, test } from "vitest";
import { bestRuns } from "../../../src/track/bestRuns.js";
import { compareRuns } from "../../../src/track/compareRuns.js";
import { openRun } from "../../../src/track/openRun.js";
import { readRun } from "../../../src/track/runReader.js";
import { runs } from "../../../src/track/runs.js";
import { temporaryFolder } from "./temporaryFolder.js";

test("a value that a person set stands before the computed one, in tables, sorting and comparison", () => {
  const dir = temporaryFolder();
  const open = (name: string, values: readonly number[]) => {
    const run = openRun({ name, dir, sources: [] });
    values.forEach((value, i) => {
      run.log({ "epoch/valAccuracy": value }, i + 1);
    });
    return run;
  };
  const set = open("set", [0.5, 0.6]);
  set.summary({ valAccuracy: 0.9, testLoss: 0.25, split: "second", sound: true });
  set.summary({ testLoss: 0.2 });
  set.finish();
  const computed = open("computed", [0.8, 0.7]);
  computed.finish();

  const [first, second] = runs({ dir, sort: "-valAccuracy" }).rows;
  expect(first).toMatchObject({ name: "set", metrics: { valAccuracy: 0.9, testLoss: 0.2 } });
  expect(first!.texts).toEqual({ split: "second", sound: "true" });
  expect(second).toMatchObject({ name: "computed", metrics: { valAccuracy: 0.7 } });
  expect(String(runs({ dir }))).toMatch(/valAccuracy +testLoss +split +sound/);
  expect(bestRuns("valAccuracy", { dir }).rows.map(({ run, value }) => [run.name, value])).toEqual([
    ["set", 0.9],
    ["computed", 0.8],
  ]);
  const compared = compareRuns([set.dir, computed.dir]);
  expect(compared.parts.metrics.find(({ metric }) => metric === "valAccuracy")!.last).toEqual([0.9, 0.7]);
  // The series itself is what was logged.
  expect([...readRun(set.dir).scalars.get("epoch/valAccuracy")!.values]).toEqual([0.5, 0.6]);
});

test("numbers that JSON cannot hold come back", () => {
  const dir = temporaryFolder();
  const run = openRun({ name: "wild", dir, sources: [] });
  run.summary({ a: Number.NaN, b: -Infinity });
  run.finish();
  expect(runs({ dir }).rows[0]!.metrics).toEqual({ a: Number.NaN, b: -Infinity });
});

test.each([
  [[1], "summary: its values must be an object such as { testAccuracy: 0.97 }; got a list"],
  [{ a: null }, 'summary "a": a value must be a number, a text or a boolean; got null'],
  [{ a: [1] }, 'summary "a": a value must be a number, a text or a boolean; got object'],
])("refuses %j", (values, message) => {
  const run = openRun({ name: "bad", dir: temporaryFolder(), sources: [] });
  const setting = () => run.summary(values as never);
  expect(setting).toThrow(TypeError);
  expect(setting).toThrow(message);
  run.finish();
});
