import { expect, test } from "vitest";
import { columnStatistics } from "../../../src/data/record/columnStatistics.js";
import { decodeDataRecord, encodeDataRecord } from "../../../src/track/dataRecordFile.js";

const { all, columns } = columnStatistics(Float32Array.of(1, 2, 3, 5), 2);
const input = { shape: [2], rows: 2, all, columns, columnCount: 2, dependence: [] };
const record = {
  ...{ schemaVersion: 2, dataset: "Größe", sizes: { train: 2, test: 1 }, inputs: [input] },
  targets: [{ kind: "classes" as const, classes: 2, counts: { train: [1, 1], test: [0, 1] } }],
};

test("gives back what was written", () => {
  expect(decodeDataRecord(encodeDataRecord(record), "data.json")).toEqual(record);
});

test("a record that was changed is named, whatever bit is another and wherever it ends", () => {
  const whole = encodeDataRecord(record);
  const read = (bytes: Buffer) => () => decodeDataRecord(bytes, "data.json");
  const named = "read data.json: it must be the record of a run's data, but ";
  for (let at = 0; at < whole.length; at++)
    for (let bit = 0; bit < 8; bit++) {
      const changed = Buffer.from(whole);
      changed[at]! ^= 1 << bit;
      expect(read(changed), `bit ${bit} of byte ${at}`).toThrow(named);
    }
  for (let length = 0; length < whole.length; length++)
    expect(read(whole.subarray(0, length))).toThrow(named);
});

test("its checksum is the CRC-32C of what stands before it", () => {
  const small = { schemaVersion: 2, dataset: "made", sizes: {}, inputs: [], targets: [] };
  // Computed bit by bit in Python (polynomial 0x82f63b78, reflected), of the text up to the last comma.
  expect(encodeDataRecord(small).toString()).toBe(
    '{"schemaVersion":2,"dataset":"made","sizes":{},"inputs":[],"targets":[],"crc32c":"6483ae1f"}\n',
  );
});
