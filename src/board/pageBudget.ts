/** How much of each kind a page in a file carries. */
import { fairShare } from "./fairShare.js";
import type { BoardRun } from "./series.js";
import { pageDetail } from "./source/pageSize.js";

/** Of a page's room, for what a kind beside numbers takes at most: together more than all, since few boards have all kinds. */
const mediaShares = {
  pictures: 0.48,
  figures: 0.3,
  evaluations: 0.48,
  sounds: 0.32,
  soundNames: 0.16,
  tables: 0.22,
  texts: 0.2,
  graphs: 0.2,
} as const;

/** Points of all series together, and of one at least; steps of all tags' histograms together. */
const most = { points: 40_000, steps: 5000, ofSeries: 60 } as const;
/** A thinned series keeps its extremes in so many points. */
const leastPoints = 8;
/** Below it a share falls no further; of numbers, whole series and histograms are left out then, too. */
export const leastShare = 0.02;

export type PartKind = keyof typeof mediaShares | "series" | "histograms" | "configs" | "models";

export interface PageBudget {
  /** Most points of a series, and most steps of a tag's histograms. */
  readonly perSeries: number;
  readonly steps: number;
  /** Bytes of each kind. */
  readonly bytes: Readonly<Record<PartKind, number>>;
}

export interface BudgetShares {
  /** Above 0, to 1: of what numbers take that have the page for themselves, and of what all else takes. */
  readonly numbers: number;
  readonly media: number;
  /** Bytes of a page's data, and how many of them are left to numbers where even few points of each series are too many. */
  readonly bytes: number;
  readonly bytesOfNumbers: number;
}

export function pageBudget(
  runs: readonly BoardRun[],
  { numbers, media, bytes, bytesOfNumbers }: BudgetShares,
): PageBudget {
  const lengths = runs.flatMap(({ data }) =>
    [...data.scalars.values(), ...(data.system?.values() ?? [])].map(({ values }) => values.length),
  );
  const tags = runs.reduce((sum, { data }) => sum + data.histograms.size, 0);
  const least = Math.max(leastPoints, Math.round(numbers * most.ofSeries));
  const isLast = numbers < leastShare;
  // Beside configurations and models.
  const last = tags > 0 ? { series: 0.6, histograms: 0.2 } : { series: 0.8, histograms: 0 };
  const facts = isLast ? bytesOfNumbers : bytes;
  const room = (share: number) => (isLast ? Math.floor(bytesOfNumbers * share) : Number.POSITIVE_INFINITY);
  const own = Object.entries(mediaShares).map(([kind, share]) => [kind, Math.floor(bytes * share * media)]);
  return {
    perSeries: Math.max(least, fairShare(numbers * most.points, lengths)),
    steps: Math.max(
      isLast ? 1 : numbers < 0.3 ? 2 : 4,
      Math.min(pageDetail.histogramSteps, Math.floor((numbers * most.steps) / Math.max(1, tags))),
    ),
    bytes: {
      ...(Object.fromEntries(own) as Record<keyof typeof mediaShares, number>),
      configs: Math.floor(0.1 * facts),
      models: Math.floor(0.06 * facts),
      series: room(last.series),
      histograms: room(last.histograms),
    },
  };
}
