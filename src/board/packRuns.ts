/** Runs as a page carries them. */

import type { HistogramPoint, ScalarSeries } from "../track/runData.js";
import type { RunRecord } from "../track/runRecord.js";
import { withoutOverwritten } from "../track/withoutOverwritten.js";
import { spread } from "./downsample.js";
import type { PackedDetails, PackedHistogram, PackedRun, PackedSeries } from "./packedPage.js";
import type { PackLimits } from "./packLimits.js";
import { packMedia } from "./packMedia.js";
import { packModel } from "./packModel.js";
import { pack } from "./packNumbers.js";
import { pageBytes } from "./pageBytes.js";
import type { BoardRun } from "./series.js";
import { startedBy } from "./source/startedBy.js";
import { tagParts } from "./tagParts.js";
import { type ThinnedSeries, thin } from "./thin.js";

export function packRuns(runs: readonly BoardRun[], limits: PackLimits): PackedRun[] {
  const { rooms, budget } = limits;
  const series = (of: (run: BoardRun) => ReadonlyMap<string, ScalarSeries> | undefined) =>
    rooms.series.takeInTurn(
      runs.map((run) => tagParts(run, of(run), (points) => [packSeries(points, budget.perSeries)])),
      pageBytes,
    );
  const [scalars, system] = [series(({ data }) => data.scalars), series(({ data }) => data.system)];
  const histograms = rooms.histograms.takeInTurn(
    runs.map((run) =>
      tagParts(run, run.data.histograms, (points) => histogramVersions(points, budget.steps)),
    ),
    pageBytes,
  );
  const media = packMedia(runs, limits);
  return runs.map(({ label, data, verdicts }, i) => {
    const { id, name, model, config, createdAt } = data.record;
    const told = rooms.configs.take<PackedDetails & Pick<RunRecord, "config">>(
      label,
      [{ config, ...detailsOf(data.record) }, { config }],
      pageBytes,
    ) ?? { config: {} };
    const own = [...(scalars[i] ?? []), ...(histograms[i] ?? [])].map(([tag]) => tag);
    const packedModel = model && packModel(model, own);
    return {
      label,
      status: data.status,
      record: {
        id,
        name,
        ...told,
        createdAt,
        ...(packedModel && {
          // Without its layers their charts stand in the order in which they were logged.
          model: rooms.models.take(label, [packedModel], pageBytes) ?? { ...packedModel, layers: [] },
        }),
      },
      scalars: scalars[i] ?? [],
      ...(data.system && { system: system[i] ?? [] }),
      histograms: histograms[i] ?? [],
      ...(media[i] && { media: media[i] }),
      ...(verdicts && { verdicts }),
    };
  });
}

function detailsOf(record: RunRecord): PackedDetails {
  const { group, tags, notes, alerts, seed, finishedAt, resumed, reason, error, git } = record;
  const stated = { group, seed, finishedAt, reason, git, alerts, startedBy: startedBy(record) };
  return {
    tags,
    notes,
    resumed,
    ...(error && { error: { name: error.name, message: error.message } }),
    ...Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined)),
  };
}

function histogramVersions(points: readonly HistogramPoint[], steps: number): PackedHistogram[][] {
  const kept = spread(points, steps).map(packHistogram);
  return kept.length > 1 ? [kept, kept.slice(-1)] : [kept];
}

function packHistogram({ step, wallTime, histogram }: HistogramPoint): PackedHistogram {
  const { edges, counts, sampledFrom } = histogram;
  const all = [step, wallTime, packEdges(edges), [...counts]] as const;
  return sampledFrom === undefined ? all : [...all, sampledFrom];
}

function packSeries(series: ScalarSeries, budget: number): PackedSeries {
  const { steps, values, wallTimes, counts, means }: ThinnedSeries = thin(withoutOverwritten(series), budget);
  return {
    steps: pack(steps),
    values: pack(values),
    wallTimes: pack(wallTimes),
    ...(counts && means ? { counts: pack(counts), means: pack(means) } : {}),
  };
}

function packEdges(edges: Float64Array): number[] {
  const [first, last, n] = [edges[0] as number, edges.at(-1) as number, edges.length - 1];
  const width = (last - first) / n;
  const equal = edges.every((edge, i) => Math.abs(edge - (first + i * width)) <= 1e-6 * width);
  return equal && n > 1 ? [first, last] : [...edges];
}
