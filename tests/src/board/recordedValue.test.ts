import { mkdtempSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { recordedValue } from "../../../src/board/recordedValue.js";
import { exampleRun, series } from "./exampleRuns.js";
import { writeRun } from "./writtenRuns.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "recordedValue-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

it("reads a record again only when its file is another", () => {
  const dir = writeRun(exampleRun("a", { "epoch/valLoss": series([0.5, 0.25, 0.75]) }), folder);
  const file = join(dir, "run.json");
  utimesSync(file, 1.7e9, 1.7e9);
  const least = { name: "valLoss", better: "minimize" } as const;
  expect(recordedValue(dir, least)).toBe(0.25);
  expect(recordedValue(dir, { ...least, better: "maximize" })).toBe(0.75);
  // The same file, size and time: whoever reads it again would see this.
  const text = readFileSync(file, "utf8");
  const other = text.replaceAll("0.25", "0.15");
  writeFileSync(file, other);
  utimesSync(file, 1.7e9, 1.7e9);
  expect(recordedValue(dir, least)).toBe(0.25);
  // As a run's owner writes it.
  writeFileSync(join(dir, "next"), other);
  utimesSync(join(dir, "next"), 1.7e9, 1.7e9);
  renameSync(join(dir, "next"), file);
  expect(recordedValue(dir, least)).toBe(0.15);
});

it("tells each time that a run is gone, and reads it once it is there again", () => {
  const dir = writeRun(exampleRun("b", { "epoch/valLoss": series([0.5]) }), folder);
  const best = { name: "epoch/valLoss", better: "minimize" } as const;
  expect(recordedValue(dir, best)).toBe(0.5);
  renameSync(dir, `${dir}-away`);
  for (let i = 0; i < 2; i++) expect(() => recordedValue(dir, best)).toThrow("must hold run.json");
  renameSync(`${dir}-away`, dir);
  expect(recordedValue(dir, best)).toBe(0.5);
});
