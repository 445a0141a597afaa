/** A tooltip of every run at the pointer's place on the axis, and a rule that follows the pointer. */
import { visibleControls } from "../../base/visibleControls.js";
import { type Cell, inlineData, quoted, type Spec } from "../inlineData.js";
import { neutral } from "../palette.js";
import { type PanelStyle, smoothingChoice } from "../section.js";
import { type BoardRun, positions, startOf, withoutOverwritten, type XAxis } from "../series.js";
import { smoothingLevels, smoothingOf, smoothSeries } from "../smooth.js";
import type { TimeAxis } from "../xAxis.js";
import { inPlace, type PlacedValues, pointAt, type Reach, sharedPlaces, spacingOf } from "./sharedPlaces.js";

/** Of more lines the ones next to the pointer's are listed. */
const mostListed = 12;
/** A place a point is more than a pointer finds; nor should it have to jump far. */
const pointsPerPlace = 6;
const fewestPlaces = 24;
/** Characters of a run's name; the client cuts off at about 150 pixels. */
const nameLength = 24;

export interface TooltipOptions {
  readonly style: PanelStyle;
  /** Of the chart's selections. */
  readonly id: string;
  /** What a step is called. */
  readonly step: string;
  readonly axis: TimeAxis;
  /** Vega-Lite's `y` of a field. */
  readonly y: (field: string) => Spec;
}

interface Line extends PlacedValues {
  /** Of the column: r and the run's number, v for its validation. */
  readonly field: string;
  /** Of each point, where its line is drawn smoothed unless another level is chosen. */
  readonly smoothed: Float64Array | undefined;
}

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
    calculate: tooltipExpression(paired, { lines, runs, many, stepped, smoothed, ...options }),
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
): Line[] {
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
  lines: readonly Line[],
  { style, unit, smoothed }: { style: PanelStyle; unit: number; smoothed: readonly Line[] },
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
    ...stepped.map((i) => ownStep(lines[i] as Line)),
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
    stepped: new Set(stepped.map((i) => (lines[i] as Line).field)),
  };
}

/** By a clock no two runs have points at one moment, nor begin and end at one; but where one rested it has no values. */
function reachOf(line: Line, x: XAxis, width: number): Reach {
  return x === "step" ? {} : { outside: width / 2, inside: Math.max(width / 2, spacingOf(line)) };
}

function ownStep({ field }: Pick<Line, "field">): string {
  return `${field}s`;
}

/** Vega reads `NaN` and `Infinity` as the numbers they are; an empty cell is none. */
function cellOf(value: number | undefined): Cell {
  if (value === undefined) return "";
  return Number.isFinite(value) ? value : String(value);
}

/** A row a place and line, with the least and the greatest value of those that are listed with it. */
function nearestLines(lines: readonly Line[]): Spec[] {
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

function smoothedOf({ field }: Pick<Line, "field">): string {
  return `${field}w`;
}

interface TipContext extends TooltipOptions, Pick<Told, "stepped"> {
  readonly lines: readonly Line[];
  /** Those whose smoothed values are told. */
  readonly smoothed: readonly Line[];
  readonly runs: readonly BoardRun[];
  readonly many: boolean;
}

/** An object for Vega's tooltip: a title, and a property a run; it leaves out those that are undefined. */
function tooltipExpression(
  paired: boolean,
  { lines, runs, many, stepped, smoothed, style, step, axis }: TipContext,
): string {
  const names = shortNames(runs.map(({ label }) => label));
  const fields = new Set(lines.map(({ field }) => field));
  const withSmoothed = new Set(smoothed.map(({ field }) => field));
  const rows = runs.flatMap((_, run) => {
    const own = [`r${run}`, `v${run}`].filter((field) => fields.has(field));
    if (own.length === 0) return [];
    const shown = own.map((field) => `(${isTold(field, many)})`).join("||");
    const told = (paired ? [`r${run}`, `v${run}`] : own).map((field) =>
      fields.has(field)
        ? numberOf(field, {
            paired,
            step: stepped.has(field) ? step : undefined,
            smoothed: withSmoothed.has(field) ? asAtFirst(style) : undefined,
          })
        : "'–'",
    );
    return [`${quoted(names[run] as string)}:${shown}?${told.join("+' / '+")}:datum.none`];
  });
  const rest = many
    ? [
        `${quoted(asName("not listed"))}:datum.all>datum.listed?(datum.all-datum.listed)+' lines farther from the pointer':datum.none`,
      ]
    : [];
  return `{title:${placeText(style.x, { step, axis })}${headEnd(paired, { lines, smoothed }, style)},${[...rows, ...rest].join(",")}}`;
}

function isTold(field: string, many: boolean): string {
  return many
    ? `datum.${field}>=datum.low&&datum.${field}<=datum.high&&datum.${field}!==null`
    : `datum.${field}!==null`;
}

interface ToldNumber {
  readonly paired: boolean;
  /** What a step is called, where the value may be of another one. */
  readonly step: string | undefined;
  /** When the smoothed value is told, too. */
  readonly smoothed: string | undefined;
}

function numberOf(field: string, { paired, step, smoothed }: ToldNumber): string {
  const own = ownStep({ field });
  const logged = `format(datum.${field},'.6~g')`;
  const drawn = smoothedOf({ field });
  const number =
    smoothed === undefined
      ? logged
      : `${logged}+(${smoothed}&&datum.${drawn}!==null?', smoothed '+format(datum.${drawn},'.6~g'):'')`;
  const told =
    step === undefined
      ? number
      : `${number}+(datum.${own}===null?'':${quoted(` (${step} `)}+format(datum.${own},'.15~g')+')')`;
  return paired ? `(datum.${field}===null?'–':${told})` : told;
}

/** While the smoothing is the one that is drawn at first. */
function asAtFirst({ levels, smoothing }: PanelStyle): string {
  return levels ? `${smoothingChoice}===${smoothingLevels(smoothing).initial}` : "true";
}

/** What the values are, where the lines are drawn smoothed and the smoothed ones do not stand beside them. */
function headEnd(
  paired: boolean,
  { lines, smoothed }: Pick<TipContext, "lines" | "smoothed">,
  style: PanelStyle,
): string {
  const sets = paired ? "+': training / validation'" : "";
  const raw = quoted(`${paired ? "," : ":"} raw values`);
  const atFirst = smoothed.length === 0 && lines.some((line) => line.smoothed);
  if (!style.levels) return atFirst ? `${sets}+${raw}` : sets;
  const { places, initial } = smoothingLevels(style.smoothing);
  const saysRaw = places.map((place, i) => (i === initial ? atFirst : place !== "usual" && place > 0));
  return `${sets}+(${JSON.stringify(saysRaw)}[${smoothingChoice}]?${raw}:'')`;
}

function placeText(x: XAxis, { step, axis }: { step: string; axis: TimeAxis }): string {
  if (x === "wall") return "utcFormat(datum.x,'%Y-%m-%d %H:%M:%S UTC')";
  if (x === "step") return `${quoted(`${step} `)}+format(datum.x,'.15~g')`;
  return `format(datum.x,'.4~g')+${quoted(` ${String(axis.encoding.title)}`)}`;
}

/** Each of its own: cut where it stays so, else whole, else numbered. */
function shortNames(labels: readonly string[]): string[] {
  const whole = labels.map(visibleControls);
  const cut = whole.map(shortened);
  const isSingle = (names: readonly string[], i: number) =>
    names.indexOf(names[i] as string) === names.lastIndexOf(names[i] as string);
  return labels.map((_, i) => {
    if (isSingle(cut, i)) return asName(cut[i] as string);
    return asName(isSingle(whole, i) ? (whole[i] as string) : `${i + 1}: ${whole[i]}`);
  });
}

/**
 * With a no-break space behind it no name is a property that has a meaning of its own (`title`, `image`, `__proto__`) nor
 * one that looks like a number, which would come before the others.
 */
function asName(text: string): string {
  return `${text}\u00a0`;
}

/** Names differ at their ends more than in the middle. */
function shortened(text: string): string {
  const letters = [...text];
  if (letters.length <= nameLength) return text;
  const half = nameLength / 2;
  return `${letters.slice(0, half - 1).join("")}…${letters.slice(-half).join("")}`;
}
