/** Where decoded points go. Invariant: points of a tag are in the order in which they were decoded. */
import { MediaSink } from "./mediaSink.js";
import type { HistogramPoint } from "./runData.js";
import { SeriesBuilder } from "./seriesBuilder.js";

/** What decoders put points into. */
export interface PointSink {
  readonly media: Pick<MediaSink, "add" | "graph">;
  /** The series of a tag, begun if there is none. */
  series(tag: string): SeriesBuilder;
  histogram(tag: string, point: HistogramPoint): void;
}

export class EventSink implements PointSink {
  readonly scalars = new Map<string, SeriesBuilder>();
  readonly histograms = new Map<string, HistogramPoint[]>();
  readonly media = new MediaSink();

  series(tag: string): SeriesBuilder {
    let series = this.scalars.get(tag);
    if (!series) {
      series = new SeriesBuilder();
      this.scalars.set(tag, series);
    }
    return series;
  }

  histogram(tag: string, point: HistogramPoint): void {
    const points = this.histograms.get(tag);
    if (points) points.push(point);
    else this.histograms.set(tag, [point]);
  }
}
