/** Expected values by NumPy and by TensorBoard: see board.py and compressor.py in tests/oracles/board. */
import { readFileSync } from "node:fs";

interface SmoothingCase {
  readonly name: string;
  readonly weight: number;
  readonly values: readonly number[];
  readonly smoothed: readonly number[];
}
interface HistogramCase {
  readonly name: string;
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  /** By interpolation of the counts. */
  readonly percentiles: readonly number[];
  /** Of the values that were counted. */
  readonly ofValues: readonly number[];
  readonly binWidth: number;
  readonly range: readonly [number, number];
  readonly rebinned: readonly number[];
}

const named: Record<string, number> = { NaN: Number.NaN, Infinity, "-Infinity": -Infinity };
const file = new URL("../../oracles/board/board.json", import.meta.url);

export const oracle = JSON.parse(readFileSync(file, "utf8"), (key, value) =>
  key !== "name" && typeof value === "string" && value in named ? named[value] : value,
) as { smoothing: SmoothingCase[]; histograms: HistogramCase[] };

interface CompressedHistogram {
  readonly name: string;
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  readonly percentiles: readonly number[];
}

/** By TensorBoard's own compressor. */
export const compressed = JSON.parse(
  readFileSync(new URL("../../oracles/board/compressor.json", import.meta.url), "utf8"),
) as { basisPoints: number[]; histograms: CompressedHistogram[] };
