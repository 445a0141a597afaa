/** A tooltip of every run at the pointer's place on the axis, and a rule that follows the pointer. */
import { withoutOverwritten } from "../../track/withoutOverwritten.js";
import { type Cell, inlineData, type Spec } from "../inlineData.js";
import { neutral } from "../palette.js";
import type { PanelStyle } from "../section.js";
import { type BoardRun, positions, startOf, type XAxis } from "../series.js";
import { smoothingOf, smoothSeries } from "../smooth.js";
import { inPlace, pointAt, type Reach, sharedPlaces, spacingOf } from "./sharedPlaces.js";
import {
  ownStep,
  smoothedOf,
  type TooltipLine,
  type TooltipOptions,
  tooltipExpression,
} from "./tooltipExpression.js";

/** Of more lines the ones next to the pointer's are listed. */
const mostListed = 12;
/** A place a point is more than a pointer finds; nor should it have to jump far. */
const pointsPerPlace = 6;
const fewestPlaces = 24;

/** Whether a chart is to have it: several of its runs have points. */
export function hasSeveralRuns(tags: readonly string[], runs: readonly BoardRun[]): boolean {
  const filled = runs.filter(({ data }) =>
    tags.some((tag) => (data.scalars.get(tag)?.steps.length ?? 0) > 0),
  );
  return filled.length > 1;
}

/**
 * A layer with data of its own: a row a place, a column a run. Values are the logged ones, whatever the smoothing; where a
 * run has none at a step, the one of its nearest step, which is said with it. Of few lines the smoothed values stand beside
 * them at the smoothing that is drawn at first.
 */
export function everyRunTooltip(
  tags: readonly string[],
  runs: readonly BoardRun[],
  options: TooltipOptions,
): Spec {
  const { style, id, axis } = options;
  const lines = tags.flatMap((tag, set) =>
    runs.flatMap(({ data }, run) => lineOf(data, tag, { field: `${set === 0 ? "r" : "v"}${run}`, style })),
  );
  const many = lines.length > mostListed;
  const paired = tags.length > 1;
  const smoothed = many || paired ? [] : lines.filter((line) => line.smoothed);
  const { data, stepped } = tableOf(lines, { style, unit: axis.unit, smoothed });
  const hover = `${id}_hover`;
  const select = { type: "point", on: "mouseover", clear: "mouseout", nearest: true };
  const head = {
    calculate: tooltipExpression({ lines, runs, paired, many, stepped, smoothed, ...options }),
    as: "tip",
  };
  return {
    data,
    transform: many ? [...nearestLines(lines), head] : [head],
    params: [
      { name: hover, select: { ...select, ...(many ? { fields: ["x", "line"] } : { encodings: ["x"] }) } },
    ],
    mark: { type: "rule", color: neutral, strokeWidth: 1.2, clip: true },
    encoding: {
      // From the line that is pointed at down to the axis.
      ...(many ? { y: options.y("value"), y2: { value: style.card.height } } : {}),
      opacity: { condition: { param: hover, empty: false, value: 1 }, value: 0 },
      tooltip: { field: "tip", type: "nominal" },
    },
  };
}

function lineOf(
  data: BoardRun["data"],
  tag: string,
  { field, style }: { readonly field: string; readonly style: PanelStyle },
): TooltipLine[] {
  const found = data.scalars.get(tag);
  if (!found || found.steps.length === 0) return [];
  const series = withoutOverwritten(found);
  const places = positions(series, style.x, startOf(data));
  const weight = smoothingOf(style.smoothing, series);
  const smoothed = weight > 0 ? inPlace(places, smoothSeries(series, weight)).values : undefined;
  return [{ field, smoothed, ...inPlace(places, series.values) }];
}

interface Told {
  readonly data: Spec;
  /** Fields of the lines that have a column of their own steps. */
  readonly stepped: ReadonlySet<string>;
}

/**
 * Columns: x, and the value of each line there; empty where it has none. By steps also, of lines that lack some of them,
 * at which step of its own the value was logged; empty where it is this one. At last the smoothed values of some.
 */
function tableOf(
  lines: readonly TooltipLine[],
  { style, unit, smoothed }: { style: PanelStyle; unit: number; smoothed: readonly TooltipLine[] },
): Told {
  const places = sharedPlaces(lines, Math.max(fewestPlaces, Math.floor(style.points / pointsPerPlace)));
  const width = ((places.at(-1) as number) - (places[0] as number)) / Math.max(1, places.length - 1);
  const points = lines.map((line) => {
    const reach = reachOf(line, style.x, width);
    return places.map((place) => pointAt(line, place, reach));
  });
  const isStepped = (i: number) =>
    style.x === "step" && (points[i] ?? []).some((point, at) => point && point.place !== places[at]);
  const stepped = lines.map((_, i) => i).filter(isStepped);
  const names = [
    "x",
    ...lines.map(({ field }) => field),
    ...stepped.map((i) => ownStep(lines[i] as TooltipLine)),
    ...smoothed.map(smoothedOf),
  ];
  const rows = places.map((place, at) => [
    place / unit,
    ...points.map((line) => cellOf(line[at]?.value)),
    ...stepped.map((i) => {
      const own = points[i]?.[at]?.place;
      return cellOf(own === place ? undefined : own);
    }),
    ...smoothed.map((line) => {
      const value = line.smoothed?.[points[lines.indexOf(line)]?.[at]?.index ?? -1];
      return cellOf(value !== undefined && Number.isFinite(value) ? Number(value.toPrecision(6)) : undefined);
    }),
  ]);
  return {
    data: inlineData(Object.fromEntries(names.map((name) => [name, "number"] as const)), rows),
    stepped: new Set(stepped.map((i) => (lines[i] as TooltipLine).field)),
  };
}

/** By a clock no two runs have points at one moment, nor begin and end at one; but where one rested it has no values. */
function reachOf(line: TooltipLine, x: XAxis, width: number): Reach {
  return x === "step" ? {} : { outside: width / 2, inside: Math.max(width / 2, spacingOf(line)) };
}

/** Vega reads `NaN` and `Infinity` as the numbers they are; an empty cell is none. */
function cellOf(value: number | undefined): Cell {
  if (value === undefined) return "";
  return Number.isFinite(value) ? value : String(value);
}

/** A row a place and line, with the least and the greatest value of those that are listed with it. */
function nearestLines(lines: readonly TooltipLine[]): Spec[] {
  const before = Math.floor((mostListed - 1) / 2);
  return [
    { fold: lines.map(({ field }) => field), as: ["line", "value"] },
    { filter: "isValid(datum.value) && isFinite(datum.value)" },
    { joinaggregate: [{ op: "count", as: "all" }], groupby: ["x"] },
    {
      window: [
        { op: "first_value", field: "value", as: "low" },
        { op: "last_value", field: "value", as: "high" },
        { op: "count", as: "listed" },
      ],
      sort: [{ field: "value" }],
      groupby: ["x"],
      frame: [-before, mostListed - 1 - before],
      ignorePeers: true,
    },
  ];
}
