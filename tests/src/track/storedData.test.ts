import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { columnStatistics } from "../../../src/data/record/columnStatistics.js";
import { storedData, writeData } from "../../../src/track/storedData.js";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "tunelab-data-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

const { all, columns } = columnStatistics(Float32Array.of(1, 2, 3, 5), 2);
const input = { shape: [2], rows: 2, all, columns, columnCount: 2, dependence: [] };
const record = {
  ...{ schemaVersion: 2, dataset: "made", sizes: { train: 2, test: 1 }, inputs: [input] },
  targets: [{ kind: "classes" as const, classes: 2, counts: { train: [1, 1], test: [0, 1] } }],
};
const hashes = { train: Uint32Array.of(1, 2, 0xffffffff, 4), test: Uint32Array.of(5, 6) };
const words = { hashed: 2, of: 2 };

test("gives back what was written", () => {
  expect(storedData(dir)).toBeUndefined();
  writeData(dir, { record, hashes, words });
  expect(storedData(dir)?.record()).toEqual(record);
  expect(storedData(dir)?.hashes()).toEqual({ hashes, words });
});

test("without hashes there is no file of them", () => {
  writeData(dir, { record: { ...record, noHashes: "too many" }, hashes: {}, words });
  expect(storedData(dir)?.hashes()).toBeUndefined();
});

test("hashes lie as the head of the file says: little-endian, from a multiple of 8 on", () => {
  writeData(dir, { record, hashes, words });
  const bytes = readFileSync(join(dir, "rows.bin"));
  const first = 12 + bytes.readUInt32LE(8);
  expect(first % 8).toBe(0);
  expect(bytes.length).toBe(first + 3 * 8 + 4);
  expect(bytes.readBigUInt64LE(first + 8)).toBe(0x4_ffffffffn);
});

test("a damaged file is named, whatever byte is another and wherever it ends", () => {
  writeData(dir, { record, hashes, words });
  const file = join(dir, "rows.bin");
  const whole = readFileSync(file);
  for (let at = 0; at < whole.length; at++) {
    const changed = Buffer.from(whole);
    changed[at]! ^= 1 << (at % 8);
    writeFileSync(file, changed);
    expect(() => storedData(dir)?.hashes()).toThrow(`read ${file}: it must hold hashes of rows`);
  }
  for (let length = 0; length < whole.length; length += 7) {
    writeFileSync(file, whole);
    truncateSync(file, length);
    expect(() => storedData(dir)?.hashes()).toThrow(SyntaxError);
  }
});

test("a record of version 1, which has no checksum, is read", () => {
  const old = { ...record, schemaVersion: 1 };
  writeFileSync(join(dir, "data.json"), `${JSON.stringify(old)}\n`);
  expect(storedData(dir)?.record()).toEqual(old);
});

test("a record that is no JSON, another's or a newer one is named", () => {
  const file = join(dir, "data.json");
  writeFileSync(file, '{"schemaVersion": 1, ');
  expect(() => storedData(dir)?.record()).toThrow(`read ${file}`);
  writeFileSync(file, "{}");
  expect(() => storedData(dir)?.record()).toThrow(SyntaxError);
  writeFileSync(file, JSON.stringify({ ...record, schemaVersion: 3 }));
  expect(() => storedData(dir)?.record()).toThrow("schemaVersion 2 or lower; got 3");
});
