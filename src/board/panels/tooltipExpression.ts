/** What a tooltip of every run says, as an expression of Vega's over a row of its data. */
import { quoted, type Spec } from "../inlineData.js";
import { type PanelStyle, smoothingChoice } from "../section.js";
import type { BoardRun, XAxis } from "../series.js";
import { smoothingLevels } from "../smooth.js";
import type { TimeAxis } from "../xAxis.js";
import type { PlacedValues } from "./sharedPlaces.js";
import { asName, shortNames } from "./tooltipNames.js";

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

export interface TooltipLine extends PlacedValues {
  /** Of the column: r and the run's number, v for its validation. */
  readonly field: string;
  /** Of each point, where its line is drawn smoothed unless another level is chosen. */
  readonly smoothed: Float64Array | undefined;
}

/** The column of the steps at which a line's values were logged. */
export function ownStep({ field }: Pick<TooltipLine, "field">): string {
  return `${field}s`;
}

/** The column of a line's smoothed values. */
export function smoothedOf({ field }: Pick<TooltipLine, "field">): string {
  return `${field}w`;
}

/** What the tooltip's expression is made of. */
export interface TooltipContext extends TooltipOptions {
  /** Fields of the lines that have a column of their own steps. */
  readonly stepped: ReadonlySet<string>;
  readonly lines: readonly TooltipLine[];
  /** Those whose smoothed values are told. */
  readonly smoothed: readonly TooltipLine[];
  readonly runs: readonly BoardRun[];
  /** Whether a run has a line of training and one of validation. */
  readonly paired: boolean;
  /** Whether only the lines next to the pointer's are listed. */
  readonly many: boolean;
}

/** An object for Vega's tooltip: a title, and a property a run; it leaves out those that are undefined. */
export function tooltipExpression(context: TooltipContext): string {
  const { lines, runs, paired, many, stepped, smoothed, style, step, axis } = context;
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
  return `{title:${placeText(style.x, { step, axis })}${headEnd(context)},${[...rows, ...rest].join(",")}}`;
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
function headEnd({ paired, lines, smoothed, style }: TooltipContext): string {
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
