/**
 * Puts what is decoded of a part into the run's own sink, under the names that its series have there.
 *
 * Invariant: a run has one of these for each of its parts, whose files all share it: a name that is taken and not known
 * here is a series of the run's own, or of another part.
 */
import type { EventSink, PointSink } from "./eventSink.js";
import type { MediaSink } from "./mediaSink.js";
import type { HistogramPoint } from "./runData.js";
import { type RunPart, tagInRun } from "./runParts.js";
import type { SeriesBuilder } from "./seriesBuilder.js";

export class PartSink implements PointSink {
  readonly #run: EventSink;
  readonly #part: RunPart;
  readonly #names = new Map<string, string>();
  readonly media: Pick<MediaSink, "add" | "graph">;

  constructor(run: EventSink, part: RunPart) {
    this.#run = run;
    this.#part = part;
    this.media = {
      add: (tag, parts, where) => run.media.add(this.#nameOf(tag), parts, where),
      graph: (definition, locate) => run.media.graph(definition, locate),
    };
  }

  series(tag: string): SeriesBuilder {
    return this.#run.series(this.#nameOf(tag));
  }

  histogram(tag: string, point: HistogramPoint): void {
    this.#run.histogram(this.#nameOf(tag), point);
  }

  /** A curve has its folder's name before its tag where the run has a series of its own that is called like the curve. */
  #nameOf(tag: string): string {
    let name = this.#names.get(tag);
    if (name === undefined) {
      const wanted = tagInRun(this.#part, tag);
      name = this.#run.scalars.has(wanted) ? tagInRun({ folder: this.#part.folder }, tag) : wanted;
      this.#names.set(tag, name);
    }
    return name;
  }
}
