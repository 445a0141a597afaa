import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { dataOfRun } from "../../../src/doctor/recordedData.js";
import { storedData, writeData } from "../../../src/track/index.js";
import { madeRun } from "./rules/series.js";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "tunelab-recorded-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

const record = { schemaVersion: 2, dataset: "made", sizes: { train: 1 }, inputs: [], targets: [] };
const words = { hashed: 1, of: 1 };

function found() {
  const data = storedData(dir);
  return dataOfRun({ ...madeRun({}).run, ...(data && { data }) });
}

test("gives what was recorded", () => {
  writeData(dir, { record, hashes: { train: Uint32Array.of(1, 2) }, words });
  expect(found().data).toMatchObject({ record, hashes: { hashes: { train: Uint32Array.of(1, 2) } } });
});

test("says what is missing: all, hashes that were not made, or a file that is damaged", () => {
  expect(found()).toEqual({ data: undefined, dataMissing: "what fit records of its data (data.json)" });
  writeData(dir, { record: { ...record, noHashes: "there are too many rows" }, hashes: {}, words });
  expect(found().data).toMatchObject({
    hashes: undefined,
    hashesMissing: "hashes of the rows (rows.bin); there are too many rows",
  });
  writeFileSync(join(dir, "rows.bin"), "no hashes");
  expect(found().data?.hashesMissing).toContain(`rows.bin whole: read ${join(dir, "rows.bin")}`);
  const file = join(dir, "data.json");
  writeFileSync(file, readFileSync(file, "utf8").replace('"train":1', '"train":3'));
  expect(found()).toMatchObject({ data: undefined });
  expect(found().dataMissing).toContain(
    `data.json whole: read ${file}: it must be the record of a run's data, but its`,
  );
  writeFileSync(join(dir, "data.json"), "{");
  expect(found()).toMatchObject({ data: undefined });
  expect(found().dataMissing).toContain(`data.json whole: read ${join(dir, "data.json")}`);
});
