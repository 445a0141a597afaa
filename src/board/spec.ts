/** The whole board as one Vega-Lite v5 specification, no larger than a notebook should carry. */
import { type BoardData, sections } from "./content.js";
import type { Spec } from "./inlineData.js";
import { inLook, type Look, pageLook, readableTooltip, stillLook, written } from "./look.js";
import { type BoardSettings, styleOf } from "./options.js";
import { remarks, unplacedVerdicts } from "./remarks.js";
import { notebookSize, type PanelStyle, runSelection, type Section, smoothingChoice } from "./section.js";
import { shownCards } from "./shownCards.js";
import { smoothingLevels } from "./smooth.js";
import { layerGroups, prefixOf } from "./tagGroups.js";

export interface SpecLimits {
  /** Most bytes of the specification as JSON. */
  readonly bytes: number;
  /** Most charts. */
  readonly cards: number;
}

export interface SpecOptions {
  /** With selections and tooltips. */
  readonly interactive?: boolean;
  readonly limits?: SpecLimits;
  /** The level of detail to begin with: 0, the finest, to 5. */
  readonly finest?: number;
  /** A page's unless it is not interactive. */
  readonly look?: Look;
}

export const inlineLimits: SpecLimits = { bytes: 350_000, cards: 36 };

/** JupyterLab draws Vega-Lite 5 and nothing newer. */
export const schemaUrl = "https://vega.github.io/schema/vega-lite/v5.json";

/** From fine to coarse. 216 pixels need no more than the first; fewer than the last would distort. */
const details = [
  { points: 240, histogramSteps: 51 },
  { points: 180, histogramSteps: 34 },
  { points: 130, histogramSteps: 24 },
  { points: 100, histogramSteps: 18 },
  { points: 80, histogramSteps: 13 },
  { points: 64, histogramSteps: 10 },
] as const;

/** In the place of the choice of smoothing, where its levels would not fit. */
export const withoutChoice =
  "Too many points for a choice of smoothing: take fewer with --tags, set one with --smoothing, or write the page with --html.";

type Detail = (typeof details)[number] & Pick<PanelStyle, "levels" | "everyRun">;

const everyRun = true;

/** At last without tooltips of every run: charts count more. */
const fixed: readonly Detail[] = [...details.map((detail) => ({ ...detail, everyRun })), details[5]];

/** Bytes of a point with all its levels of smoothing, about. */
const levelledPoint = 70;

/** Those details with which all levels of smoothing may fit: a choice of them is worth some points. */
function withLevels({ runs }: BoardData, { bytes, cards }: SpecLimits): Detail[] {
  const lengths = runs.flatMap(({ data }) =>
    [...data.scalars]
      .filter(([tag]) => !layerGroups.includes(prefixOf(tag)))
      .map(([, { values }]) => values.length),
  );
  const charts = new Set(runs.flatMap(({ data }) => [...data.scalars.keys()])).size;
  const drawn = Math.min(1, cards / Math.max(1, charts));
  const size = (points: number) =>
    drawn * levelledPoint * lengths.reduce((sum, length) => sum + Math.min(length, points), 0);
  return details
    .filter(({ points }) => size(points) <= bytes)
    .map((detail) => ({ ...detail, everyRun, levels: true }));
}

/** Sizes and places of what is written. Its colours are in `look.ts`. */
const config: Spec = {
  axis: {
    titleFontWeight: "normal",
    labelFontSize: 10,
    titleFontSize: 10,
    titlePadding: 4,
  },
  title: { anchor: "start", frame: "group", fontSize: 11, fontWeight: "bold", offset: 6 },
  legend: { labelLimit: 180 },
  concat: { spacing: 18 },
};

const legends = { color: "independent", strokeDash: "independent", shape: "independent" };
const independent: Spec = { scale: legends, legend: legends };

/**
 * Detail is reduced (fewer points a series, fewer steps a histogram, then fewer charts) until the limits hold.
 * The same data give the same specification, byte for byte.
 */
export function boardSpec(
  data: BoardData,
  settings: BoardSettings,
  { interactive = true, limits = inlineLimits, finest = 0, look }: SpecOptions = {},
): Spec {
  let { cards } = limits;
  const tries: readonly Detail[] = interactive
    ? [...withLevels(data, limits), ...fixed.slice(finest)]
    : details.slice(finest);
  for (let i = 0; ; i++) {
    const detail = tries[Math.min(i, tries.length - 1)] as Detail;
    if (i >= tries.length) cards = Math.floor(cards * 0.75);
    const style: PanelStyle = { ...styleOf(settings), ...notebookSize, ...detail, interactive };
    const whole = assemble(data, settings, { style, cards });
    const spec = inLook(whole, look ?? (interactive ? pageLook : stillLook));
    if (cards <= 1 || JSON.stringify(spec).length <= limits.bytes) return spec;
  }
}

function assemble(
  data: BoardData,
  settings: BoardSettings,
  { style, cards }: { style: PanelStyle; cards: number },
): Spec {
  const all = sections(data, settings, style);
  const { shown, left, verdicts } = shownCards(all, cards);
  const views = shown.flatMap(({ cards: specs }) => runViews(specs));
  const notes = [
    ...unplacedVerdicts(data.runs, settings),
    ...verdicts,
    ...remarks(data, settings),
    ...(left > 0
      ? [`${left} more charts: choose with --tags or --kind, or write the page with --html.`]
      : []),
    ...(style.interactive && views.length > 0 && !style.levels ? [withoutChoice] : []),
  ];
  return {
    $schema: schemaUrl,
    padding: 8,
    description: descriptionOf(shown),
    ...(style.interactive ? { config, usermeta: readableTooltip } : { config: { ...config, aria: false } }),
    ...(notes.length > 0
      ? {
          title: {
            text: notes,
            fontWeight: "normal",
            fontSize: 11,
            offset: 14,
            limit: notebookSize.row,
          },
        }
      : {}),
    ...(style.interactive && views.length > 0
      ? {
          params: [
            { name: runSelection, select: { type: "point", fields: ["run"] }, bind: "legend", views },
            ...(style.levels ? [choiceOfSmoothing(style.smoothing)] : []),
          ],
        }
      : {}),
    vconcat:
      shown.length === 0
        ? [
            {
              mark: { type: "text", style: written },
              data: { values: [{}] },
              encoding: { text: { value: "no data" } },
              width: 400,
              height: 30,
            },
          ]
        : shown.map(sectionSpec),
    spacing: 26,
    resolve: independent,
  };
}

/** A list, since a slider of Vega's shows its place and not what stands there. */
function choiceOfSmoothing(given: number | undefined): Spec {
  const { places, initial } = smoothingLevels(given);
  return {
    name: smoothingChoice,
    value: initial,
    bind: {
      input: "select",
      options: places.map((_, place) => place),
      labels: places.map(String),
      name: "smoothing ",
    },
  };
}

function sectionSpec({ title, cards, columns, sharedColours }: Section): Spec {
  return {
    title: { text: title, fontSize: 13, anchor: "start", offset: 10 },
    columns,
    spacing: { row: 18, column: 22 },
    concat: cards,
    resolve: sharedColours ? {} : independent,
  };
}

/** What a screen reader says of the whole. */
function descriptionOf(shown: readonly Section[]): string {
  const charts = shown.map(({ title, cards }) => `${title} (${cards.length})`);
  return `Board of charts: ${charts.join("; ") || "nothing to show"}`;
}

/** Names of the views that obey the selection of runs. */
function runViews(cards: readonly Spec[]): string[] {
  return cards.flatMap((spec) =>
    Array.isArray(spec.layer)
      ? spec.layer.flatMap((layer: Spec) =>
          typeof layer.name === "string" && layer.name.endsWith("_runs") ? [layer.name] : [],
        )
      : [],
  );
}
