/** A run's mean |gradient| in tiles of steps, a line of them a layer. */
import { withoutOverwritten } from "../../track/withoutOverwritten.js";
import { type Cell, inlineData, pick, type Spec } from "../inlineData.js";
import type { LayerTag } from "../layers.js";
import type { BoardRun } from "../series.js";

/** In a line at most: wider than 9 px each. */
const most = 60;

export interface Tile {
  readonly layer: number;
  readonly from: number;
  readonly to: number;
  /** Geometric mean of the steps in the tile, as log10; -Infinity if all are zero, NaN if one is not finite. */
  readonly log: number;
}

export function tilesOf({ data }: BoardRun, { tag }: LayerTag, layer: number): Tile[] {
  const series = data.scalars.get(tag);
  if (!series) return [];
  const { steps, values } = withoutOverwritten(series);
  const n = steps.length;
  const count = Math.min(most, n);
  const typical = n > 1 ? ((steps[n - 1] as number) - (steps[0] as number)) / (n - 1) : 1;
  return Array.from({ length: count }, (_, c) => {
    const [start, end] = [Math.floor((c * n) / count), Math.floor(((c + 1) * n) / count)];
    const from = steps[start] as number;
    return {
      layer,
      from,
      to: end < n ? (steps[end] as number) : (steps[n - 1] as number) + (typical || 1),
      log: meanLog(values.subarray(start, end)),
    };
  });
}

function meanLog(values: Float64Array): number {
  if (!values.every(Number.isFinite)) return Number.NaN;
  const logs = [...values].filter((value) => value > 0).map(Math.log10);
  return logs.length === 0 ? Number.NEGATIVE_INFINITY : logs.reduce((a, b) => a + b, 0) / logs.length;
}

/** Columns: l layer, f from step, t to step, g log10, b why there is no g. */
export function tileData(tiles: readonly Tile[], labels: readonly string[]): Spec {
  const rows = tiles.map(({ layer, from, to, log }): Cell[] => [
    layer,
    from,
    to,
    Math.round(log * 1000) / 1000,
    Number.isFinite(log) ? "" : Number.isNaN(log) ? "NaN" : "zero",
  ]);
  return {
    data: inlineData({ l: "number", f: "number", t: "number", g: "number", b: "string" }, rows),
    transform: [
      { calculate: pick(labels, "l"), as: "layer" },
      { calculate: "datum.b ? datum.b : format(pow(10, datum.g), '.2e')", as: "what" },
      { calculate: "datum.t + 0.06 * (datum.t - datum.f)", as: "end" },
    ],
  };
}
