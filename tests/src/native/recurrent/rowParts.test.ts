import { describe, expect, it } from "vitest";
import { rowParts } from "../../../../src/native/recurrent/rowParts.js";

describe("rowParts", () => {
  it.each([
    [64, 128, 2, [32, 32]],
    [33, 128, 2, [16, 17]],
    [100, 512, 3, [33, 33, 34]],
    // As many as threads, however much there is to do.
    [64, 128, 1, [64]],
    // Too little for a second part.
    [16, 32, 8, [16]],
    [64, 32, 8, [32, 32]],
    // Each reads the whole recurrent kernel: not too many, nor of too few rows.
    [256, 512, 64, Array(8).fill(32)],
    [20, 4096, 8, [10, 10]],
    [1, 4096, 8, [1]],
  ])("of %i rows with %i units on %i threads", (rows, units, threads, parts) => {
    expect(rowParts(rows, units, threads)).toEqual(parts);
  });
});
