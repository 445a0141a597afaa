import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { byteOf, readRowLosses, rowLossFile } from "../../../src/track/rowLossFile.js";
import { temporaryFolder } from "./temporaryFolder.js";

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
    const bytes = [...readFileSync(file)];
    expect(bytes).toEqual([
      ...[..."TLRL"].map((letter) => letter.charCodeAt(0)),
      ...[1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0],
      ...[7, 255],
      ...[6, 0, 0, 0, 160, 176, 5, 255],
    ]);
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

  it("are not mixed with those of another number of samples", () => {
    const { dir, run } = opened();
    rowLossFile(run)(1, rows(1, 2));
    rowLossFile(run)(2, rows(1, 2, 3));
    expect(readRowLosses(dir)?.epochs.map(({ epoch }) => epoch)).toEqual([1]);
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

  it("are unknown where there is no such file, or another one", () => {
    const { dir, file } = opened();
    expect(readRowLosses(dir)).toBeUndefined();
    writeFileSync(file, "something else altogether");
    expect(readRowLosses(dir)).toBeUndefined();
  });

  it("tell once that the disk takes none", () => {
    const { told, run } = opened();
    const write = rowLossFile({ ...run, dir: join(run.dir, "gone") });
    for (const epoch of [1, 2]) write(epoch, rows(1));
    expect(told).toEqual([expect.stringContaining("ENOENT")]);
  });
});
