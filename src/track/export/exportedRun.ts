/** A run with those of its series that are exported. */
import type { ArtifactRecord } from "../artifact.js";
import type { HistogramPoint, RunData, ScalarSeries } from "../runData.js";
import type { RunMedia } from "../runMedia.js";
import { readRun } from "../runReader.js";
import { type RunRow, readRow } from "../runRow.js";

export interface ExportedRun {
  readonly data: RunData;
  readonly row: RunRow;
  readonly scalars: ReadonlyMap<string, ScalarSeries>;
  readonly histograms: ReadonlyMap<string, readonly HistogramPoint[]>;
  readonly media: RunMedia;
  /** None where tags are chosen: they have no tag. */
  readonly artifacts: readonly ArtifactRecord[];
}

export function exportedRun(dir: string, tags: RegExp | undefined): ExportedRun {
  const data = readRun(dir);
  return {
    data,
    row: readRow(dir),
    scalars: chosen(data.scalars, tags),
    histograms: chosen(data.histograms, tags),
    media: {
      texts: chosen(data.texts, tags),
      images: chosen(data.images, tags),
      audio: chosen(data.audio, tags),
      tables: chosen(data.tables, tags),
      evaluations: chosen(data.evaluations, tags),
      figures: chosen(data.figures, tags),
      prCurves: chosen(data.prCurves, tags),
    },
    artifacts: tags ? [] : (data.record.artifacts ?? []),
  };
}

function chosen<T>(series: ReadonlyMap<string, T>, tags: RegExp | undefined): ReadonlyMap<string, T> {
  return tags ? new Map([...series].filter(([tag]) => tags.test(tag))) : series;
}
