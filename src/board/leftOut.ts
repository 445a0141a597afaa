/** What a page in a file carries less of than a served one shows, in sentences: a kind each, and how to see all. */

import { parseExactJson } from "../base/exactJson.js";
import { sum } from "../base/sum.js";
import type { BoardEvaluations, BoardSounds, BoardTexts } from "./boardMedia.js";
import type { BoardData } from "./content.js";
import type { PackedRun, PageData } from "./packedPage.js";
import { pictureCount } from "./packPictures.js";
import { reportCount } from "./packSweeps.js";
import { longestText } from "./panels/texts.js";
import type { BoardRun } from "./series.js";
import { pageDetail } from "./source/pageSize.js";

/** None where nothing is left out. */
export function leftOut(
  { runs, sweeps }: Pick<BoardData, "runs" | "sweeps">,
  { runs: packed, sweeps: packedSweeps }: Pick<PageData, "runs" | "sweeps">,
): string[] {
  const sentences = [
    ...seriesLeftOut(packed),
    ...(reportCount(packedSweeps) < reportCount(sweeps)
      ? ["What trials reported is thinned; every extreme is kept."]
      : []),
    ...kinds.flatMap(({ what, rest, given, kept }) => {
      const [all, here] = [sumOf(runs, given), sumOf(packed, kept)];
      return here < all
        ? [`Of ${all.toLocaleString("en-US")} ${what} ${here.toLocaleString("en-US")} are here: ${rest}.`]
        : [];
    }),
  ];
  if (sentences.length === 0) return [];
  return [
    ...sentences,
    "A served page (tunelab board --port) shows all of it; a file of fewer runs, or of some tags (--tags), more.",
  ];
}

function seriesLeftOut(packed: readonly PackedRun[]): string[] {
  const isThinned = packed.some(({ scalars, system = [] }) =>
    [...scalars, ...system].some(([, series]) => series.counts),
  );
  return isThinned
    ? ["Long series are thinned; every extreme is kept, smoothing weighs what was left out."]
    : [];
}

interface Kind {
  readonly what: string;
  /** Which are here. */
  readonly rest: string;
  given(run: BoardRun): number;
  kept(run: PackedRun): number;
}

const evenly = "of each tag the newest step, the others evenly spread";

const kinds: readonly Kind[] = [
  {
    what: "histograms",
    rest: evenly,
    given: ({ data }) =>
      sumOf(data.histograms.values(), ({ length }) => Math.min(length, pageDetail.histogramSteps)),
    kept: ({ histograms }) => sumOf(histograms, ([, points]) => points.length),
  },
  {
    what: "pictures",
    rest: evenly,
    given: ({ media }) => sumOf(media?.images.values() ?? [], pictureCount),
    kept: ({ media }) => sumOf(media?.images ?? [], ([, found]) => pictureCount(found)),
  },
  {
    what: "figures",
    rest: "the newest of each tag",
    given: ({ media }) => sumOf(media?.figures?.values() ?? [], ({ shown }) => shown.length),
    kept: ({ media }) => sumOf(media?.figures ?? [], ([, { shown }]) => shown.length),
  },
  {
    what: "evaluations",
    rest: evenly,
    given: ({ media }) => sumOf(media?.evaluations?.values() ?? [], ({ shown }) => shown.length),
    kept: ({ media }) =>
      sumOf(media?.evaluations ?? [], ([, json]) => (parseExactJson(json) as BoardEvaluations).shown.length),
  },
  {
    what: "PR curves",
    rest: evenly,
    given: ({ media }) => sumOf(media?.prCurves?.values() ?? [], ({ shown }) => shown.length),
    kept: ({ media }) => sumOf(media?.prCurves ?? [], ([, { shown }]) => shown.length),
  },
  {
    what: "rows of tables",
    rest: "the first ones of each",
    given: ({ media }) => sumOf(media?.tables?.values() ?? [], ({ rows }) => rows.length),
    kept: ({ media }) => sumOf(media?.tables ?? [], ([, { rows }]) => rows.length),
  },
  {
    what: "sounds",
    rest: "the others are named only",
    given: ({ media }) => sumOf(media?.audio?.values() ?? [], playable),
    kept: ({ media }) => sumOf(media?.audio ?? [], ([, found]) => playable(found)),
  },
  {
    what: "characters of texts",
    rest: "the newest of each tag, from its beginning",
    given: ({ media }) => sumOf(media?.texts.values() ?? [], characters),
    kept: ({ media }) => sumOf(media?.texts ?? [], ([, found]) => characters(found)),
  },
];

function playable({ shown }: BoardSounds): number {
  return sumOf(shown, ({ clips }) => clips.filter(({ address }) => address !== undefined).length);
}

function characters({ shown }: BoardTexts): number {
  return sumOf(shown, ({ text }) => Math.min(text.length, longestText));
}

function sumOf<Item>(items: Iterable<Item>, of: (item: Item) => number): number {
  return sum([...items].map(of));
}
