/** Histograms over steps as offset ridgelines, the newest in front, or as lines over each other: TensorBoard's two modes. */
import { type Histogram, sampleText } from "../../base/histogram.js";
import { tags } from "../../base/tags.js";
import type { HistogramPoint } from "../../track/runData.js";
import { extent, percentiles, rebin } from "../distribution.js";
import { spread } from "../downsample.js";
import type { Spec } from "../inlineData.js";
import { layerTags } from "../layers.js";
import { chartTitle, type PanelStyle, type Section } from "../section.js";
import type { BoardRun } from "../series.js";
import { bareGroup, prefixOf } from "../tagGroups.js";
import { type BinnedSteps, bins } from "./binnedSteps.js";
import { histogramOverlay } from "./histogramOverlay.js";
import { histogramRidges } from "./histogramRidges.js";

/** Prefixes whose charts share the horizontal axis, so that layers can be compared by eye. */
const comparable = [prefixOf(tags.gradientsLog10("layer"))];

/** One section a prefix and run. `Histograms` of one tag share their 30 bins. */
export function histograms(runs: readonly BoardRun[], style: PanelStyle): Section[] {
  return runs.flatMap((run) => histogramGroups(run).map((group) => section(run, group, style)));
}

/** Prefixes of a run's histograms with their tags in order of depth. */
export function histogramGroups({
  data,
}: BoardRun): { group: string; layers: { tag: string; label: string }[] }[] {
  const names = [...data.histograms.keys()].filter((tag) => (data.histograms.get(tag) ?? []).length > 0);
  return [...new Set(names.map(prefixOf))].map((group) => ({ group, layers: layerTags(data, group, names) }));
}

function section(
  run: BoardRun,
  { group, layers }: ReturnType<typeof histogramGroups>[number],
  style: PanelStyle,
): Section {
  const shown = layers.map(({ tag, label }) => ({
    label,
    points: spread(run.data.histograms.get(tag) ?? [], style.histogramSteps),
  }));
  const common = comparable.includes(group)
    ? rangeOf(
        shown.flatMap(({ points }) => points),
        bulk,
      )
    : undefined;
  return {
    title: `${comparable.includes(group) ? "gradients: log10 |g| of the entries" : headOf(group)} of ${run.label}, ${style.histograms === "overlay" ? "newest step bluest" : "newest step in front"}`,
    columns: 4,
    cards: shown.map(({ label, points }) =>
      card(label, points, { group, range: common ?? rangeOf(points), style }),
    ),
  };
}

/** Tags without a prefix stand together, and are no scalars. */
export function headOf(group: string): string {
  return group === bareGroup ? "histograms" : group;
}

/** Of the newest. */
export function sampleTextOf(points: readonly HistogramPoint[]): string | undefined {
  const newest = points.at(-1);
  return newest && sampleText(newest.histogram);
}

/** Without the outermost thousandths: a logarithm has tails that would leave no room for the rest. */
function bulk(histogram: Histogram): [number, number] | undefined {
  const [low, high] = percentiles(histogram, [10, 9990]) as [number, number];
  return extent(histogram) && [low, high];
}

/** The extent of all histograms, or one unit around the only value. */
function rangeOf(points: readonly HistogramPoint[], extentOf = extent): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const { histogram } of points) {
    const own = extentOf(histogram);
    if (own) [low, high] = [Math.min(low, own[0]), Math.max(high, own[1])];
  }
  if (low > high) return [0, 1];
  const room = high > low ? 0 : Math.abs(low) * 0.1 || 0.5;
  const bound = Number.MAX_VALUE / 4;
  return [Math.max(-bound, low - room), Math.min(bound, high + room)];
}

function card(
  label: string,
  points: readonly HistogramPoint[],
  { group, range, style }: { group: string; range: [number, number]; style: PanelStyle },
): Spec {
  const counts = points.map(({ histogram }) => rebin(histogram, range, bins));
  const of: BinnedSteps = {
    title: chartTitle(label, sampleTextOf(points)),
    valueTitle: comparable.includes(group) ? "log10 |g|" : "value",
    range,
    counts,
    steps: points.map(({ step }) => step),
    tallest: Math.max(...counts.flatMap((row) => [...row]), Number.MIN_VALUE),
  };
  return style.histograms === "overlay" ? histogramOverlay(of, style) : histogramRidges(of, style);
}
