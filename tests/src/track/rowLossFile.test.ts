import { mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { byteOf, readRowLosses, rowLossFile } from "../../../src/track/rowLossFile.js";
import { temporaryFolder } from "./temporaryFolder.js";

const oracles = join(import.meta.dirname, "../../oracles/track");

const rows = (...losses: number[]) => ({
  losses: Float32Array.from(losses),
  answers: Float32Array.from(losses, (_, i) => i),
});

function opened() {
  const dir = temporaryFolder();
  const told: string[] = [];
  const run = { dir, problem: (sentence: string) => void told.push(sentence) };
  return { dir, told, run, file: join(dir, "rowLosses.bin") };
}

describe("the losses of a run's samples", () => {
  it("are read as they were written, to within 2.2 %", () => {
    const { dir, run } = opened();
    const write = rowLossFile(run, Int32Array.of(4, 0, 9));
    const losses = [0.0123, 0.9, 40];
    write(1, rows(...losses));
    write(2, rows(1, Number.NaN, Number.POSITIVE_INFINITY));
    const table = readRowLosses(dir);
    expect(table).toMatchObject({ distance: 1, labels: Float32Array.of(4, 0, 9) });
    expect(table?.epochs.map(({ epoch }) => epoch)).toEqual([1, 2]);
    const [first, second] = table?.epochs ?? [];
    losses.forEach((loss, i) => {
      const read = first?.losses[i] as number;
      expect(Math.abs(read / loss - 1)).toBeLessThan(0.022);
    });
    expect([...(first?.answers ?? [])]).toEqual([0, 1, 2]);
    expect([...(second?.losses ?? [])]).toEqual([1, Number.NaN, Number.NaN]);
  });

  it("are bytes as the format says: 2^(b/16 − 10)", () => {
    expect([2 ** -10, 2 ** -9, 1, 2, 0, -3, 1e9, Number.NaN].map(byteOf)).toEqual([
      0, 16, 160, 176, 0, 0, 254, 255,
    ]);
    const { run, file } = opened();
    rowLossFile(run, Int32Array.of(7, 300))(6, {
      losses: Float32Array.of(1, 2),
      answers: Float32Array.of(5, 255),
    });
    // Checksums as `rowLosses.py` beside the expected file computes them, bit by bit.
    expect(readFileSync(file)).toEqual(readFileSync(join(oracles, "rowLosses.bin")));
  });

  it("go on behind what a killed process left whole", () => {
    const { dir, run, file } = opened();
    rowLossFile(run)(1, rows(1, 2));
    rowLossFile(run)(2, rows(4, 8));
    truncateSync(file, readFileSync(file).length - 3);
    rowLossFile(run)(2, rows(16, 32));
    expect(readRowLosses(dir)?.epochs.map(({ epoch, losses }) => [epoch, ...losses])).toEqual([
      [1, 1, 2],
      [2, 16, 32],
    ]);
  });

  it("count as written last where an epoch stands there twice", () => {
    const { dir, run } = opened();
    const write = rowLossFile(run);
    for (const value of [1, 2]) write(3, rows(value, value));
    expect(readRowLosses(dir)?.epochs.map(({ losses }) => [...losses])).toEqual([[2, 2]]);
  });

  it.each([
    [3, 2],
    [2, 3],
    [100, 1000],
    [1000, 100],
  ])("of %i samples are neither mixed with nor lost to those of %i", (samples, others) => {
    const { dir, run, file } = opened();
    const some = (count: number) => rows(...Array.from({ length: count }, (_, i) => 1 + i));
    for (const epoch of [1, 2]) rowLossFile(run)(epoch, some(samples));
    const before = readFileSync(file);
    rowLossFile(run)(3, some(others));
    expect(readFileSync(file)).toEqual(before);
    expect(readRowLosses(dir)?.epochs.map(({ epoch, losses }) => [epoch, losses.length])).toEqual([
      [1, samples],
      [2, samples],
    ]);
  });

  it("are not mixed with those of as many other samples", () => {
    const { dir, run } = opened();
    rowLossFile(run, Int32Array.of(0, 1))(1, rows(1, 2));
    rowLossFile(run, Int32Array.of(1, 0))(2, rows(1, 2));
    expect(readRowLosses(dir)).toMatchObject({ labels: Float32Array.of(0, 1), epochs: [{ epoch: 1 }] });
  });

  it("leave another file as it is", () => {
    const { run, file } = opened();
    writeFileSync(file, "mine");
    rowLossFile(run)(1, rows(1, 2));
    expect(readFileSync(file, "utf8")).toBe("mine");
  });

  it("begin anew where a killed process left a part of the head", () => {
    const { dir, run, file } = opened();
    rowLossFile(run)(1, rows(1, 2));
    const whole = readFileSync(file);
    for (const length of [0, 3, 17, 21, 25]) {
      truncateSync(file, length);
      expect(readRowLosses(dir)).toBeUndefined();
      rowLossFile(run)(1, rows(1, 2));
      expect(readFileSync(file)).toEqual(whole);
    }
  });

  it("are refused with the file's name, whatever bit of it was changed", () => {
    const { dir, run, file } = opened();
    const write = rowLossFile(run, Int32Array.of(4, 0));
    for (const epoch of [1, 2]) write(epoch, rows(0.125, 2));
    const whole = readFileSync(file);
    for (let at = 0; at < whole.length; at++) {
      const changed = Buffer.from(whole);
      changed[at]! ^= 1 << (at % 8);
      writeFileSync(file, changed);
      expect(() => readRowLosses(dir)).toThrow(`read ${file}: it must`);
    }
    const older = Buffer.from(whole);
    older.writeUInt32LE(1, 4);
    writeFileSync(file, older);
    expect(() => readRowLosses(dir)).toThrow("it must be of version 2; got version 1");
  });

  it("of more than a hundred thousand samples are those of some at equal distances", () => {
    const { dir, run } = opened();
    const losses = Float32Array.from({ length: 250_001 }, (_, i) => 2 ** (i % 5));
    rowLossFile(run)(1, { losses, answers: losses });
    const table = readRowLosses(dir);
    expect(table?.distance).toBe(3);
    expect([...(table?.epochs[0]?.losses.slice(0, 4) ?? [])]).toEqual([1, 8, 2, 16]);
    expect(table?.labels.length).toBe(83_334);
  });

  it("are unknown where there is no such file; another one is named", () => {
    const { dir, file } = opened();
    expect(readRowLosses(dir)).toBeUndefined();
    writeFileSync(file, "something else altogether");
    expect(() => readRowLosses(dir)).toThrow(`read ${file}: it must hold losses of samples`);
  });

  it("tell once that the disk takes none, and go on when it does", () => {
    const { dir, told, run } = opened();
    const gone = join(dir, "gone");
    const write = rowLossFile({ ...run, dir: gone });
    for (const epoch of [1, 2]) write(epoch, rows(1));
    expect(told).toEqual([expect.stringContaining("ENOENT")]);
    mkdirSync(gone);
    for (const epoch of [3, 4]) write(epoch, rows(1));
    expect(readRowLosses(gone)?.epochs.map(({ epoch }) => epoch)).toEqual([3, 4]);
    expect(told.length).toBe(1);
  });
});
