/** What each tag of a run is used for: TensorBoard shows the values of a tag on the page of the first. */
import type { RunData } from "./runData.js";

/** The page of TensorBoard on which a kind stands, where that is another's. */
const pages: Readonly<Record<string, string>> = { table: "text", evaluation: "text", figure: "image" };

/** Of a tag that had several kinds already, as another program may write it: it takes any. */
const any = "any";

export class TagKinds {
  readonly #kinds = new Map<string, string>();

  /** Those of a run that was read. */
  static of(run: RunData): TagKinds {
    const kinds = new TagKinds();
    const series = {
      log: run.scalars,
      histogram: run.histograms,
      text: run.texts,
      image: run.images,
      audio: run.audio,
      table: run.tables,
      evaluation: run.evaluations,
      figure: run.figures,
      "PR curve": run.prCurves,
    };
    for (const [kind, points] of Object.entries(series))
      for (const tag of points.keys()) kinds.#recall(kind, tag);
    return kinds;
  }

  #recall(kind: string, tag: string): void {
    const before = this.#kinds.get(tag) ?? kind;
    this.#kinds.set(tag, pageOf(before) === pageOf(kind) ? before : any);
  }

  /** Throws a `TypeError` if another kind has the tag. @param kind the name of the method that records it */
  check(kind: string, tag: string): void {
    const before = this.#kinds.get(tag);
    if (before === undefined || before === kind || before === any || pageOf(before) === pageOf(kind)) return;
    throw new TypeError(
      `${kind} ${JSON.stringify(tag)}: values of one tag must be of one kind; got ${kind} after ${before}`,
    );
  }

  /** The tag is of this kind from now on, unless it was of one before. */
  note(kind: string, tag: string): void {
    if (!this.#kinds.has(tag)) this.#kinds.set(tag, kind);
  }
}

function pageOf(kind: string): string {
  return pages[kind] ?? kind;
}
