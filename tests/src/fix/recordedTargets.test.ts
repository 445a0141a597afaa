import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { DataRecord } from "../../../src/base/dataRecord.js";
import { columnStatistics } from "../../../src/data/record/columnStatistics.js";
import { recordedTargets } from "../../../src/fix/recordedTargets.js";
import { storedData, writeData } from "../../../src/track/index.js";
import { temporaryFolder } from "../track/temporaryFolder.js";

const { all, columns } = columnStatistics(Float32Array.of(1, 2, 3, 5), 1);
const record: DataRecord = {
  ...{ schemaVersion: 2, dataset: "made", sizes: { train: 4, validation: 2 }, noHashes: "asked for none" },
  inputs: [{ shape: [1], rows: 4, all, columns, columnCount: 1, dependence: [] }],
  targets: [{ kind: "classes", classes: 2, counts: { train: [2, 2], validation: [1, 1] } }],
};

it("gives the targets that a run's folder holds, none of a run without, and why where the file is damaged", () => {
  const dir = temporaryFolder();
  expect(recordedTargets({})).toEqual({ targets: [] });
  writeData(dir, { record, hashes: {}, words: { hashed: 1, of: 1 } });
  expect(recordedTargets({ data: storedData(dir)! })).toEqual({ targets: record.targets });
  const file = join(dir, "data.json");
  writeFileSync(file, readFileSync(file, "utf8").replace("[2,2]", "[3,1]"));
  const damaged = recordedTargets({ data: storedData(dir)! });
  expect(damaged).toEqual({
    targets: [],
    unread: expect.stringMatching(/data\.json: .*checksum is another/),
  });
});
