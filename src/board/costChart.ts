/** The chart of what layers or ops cost: a bar each, forward and backward behind one another, its share at its end. */
import { plainLabels } from "./axisLabels.js";
import { type Cell, inlineData, pick, type Spec } from "./inlineData.js";
import { written } from "./look.js";
import { neutral, runColour } from "./palette.js";
import { schemaUrl } from "./spec.js";

/** Times in milliseconds. */
export interface CostBar {
  readonly name: string;
  readonly forward?: number;
  readonly backward?: number;
  /** Of what is neither. */
  readonly other?: number;
  /** Where nobody asks which of the three it was. */
  readonly whole?: number;
  /** Of the time of all ops, 0 to 1. */
  readonly share: number;
  readonly flops?: number | undefined;
  readonly bytes?: number | undefined;
}

/** More do not fit on a screen. */
const mostBars = 40;

const passes = ["forward", "backward", "other", "whole"] as const;
const colours = { forward: runColour(0), backward: runColour(1), other: neutral, whole: runColour(0) };

const number = "number" as const;
const text = "string" as const;
const partColumns = { place: number, name: text, pass: text, order: number, ms: number };
const costColumns = { share: number, GFLOP: number, MB: number };

/** In the order they are given, the first at the top; where there are many, the dearest of them. */
export function costChart(title: string, bars: readonly CostBar[]): Spec {
  const shown = dearest(bars);
  const used = passes.filter((pass) => shown.some((bar) => bar[pass] !== undefined));
  const left = shown.length < bars.length ? `; the ${shown.length} dearest of ${bars.length}` : "";
  return {
    $schema: schemaUrl,
    description: `Milliseconds of each: ${title}`,
    title: {
      text: title,
      subtitle: `with the share of the time of all ops${left}`,
      anchor: "start",
      fontSize: 11,
      subtitleFontSize: 10,
    },
    width: 420,
    height: { step: 18 },
    padding: 8,
    config: { axis: { titleFontWeight: "normal" } },
    // By its place, as two may have one name.
    encoding: { y: { field: "place", type: "ordinal", axis: nameAxis(shown) } },
    layer: [parts(shown, used), shares(shown)],
  };
}

function nameAxis(shown: readonly CostBar[]): Spec {
  const labelExpr = pick(
    shown.map(({ name }) => name),
    "value",
  );
  return { title: null, labelExpr, labelLimit: 220, ticks: false, grid: false };
}

function parts(shown: readonly CostBar[], used: readonly (typeof passes)[number][]): Spec {
  const rows = shown.flatMap((bar, place) =>
    used.flatMap((pass, i): Cell[][] => {
      const ms = bar[pass];
      return ms === undefined ? [] : [[place, bar.name, pass, i, ms, ...costs(bar)]];
    }),
  );
  const field = (name: string) => ({ field: name, type: "quantitative", format: ".4~g" });
  const passOf = used.length > 1 ? [{ field: "pass", type: "nominal" }] : [];
  const legend = used.length > 1 ? { title: null, orient: "top", direction: "horizontal" } : null;
  return {
    data: inlineData({ ...partColumns, ...costColumns }, rows),
    mark: { type: "bar", height: { band: 0.75 } },
    encoding: {
      x: {
        field: "ms",
        type: "quantitative",
        stack: "zero",
        axis: { title: "time in TensorFlow (ms)", ...plainLabels, tickCount: 6, labelOverlap: true },
      },
      color: {
        field: "pass",
        type: "nominal",
        scale: { domain: used, range: used.map((pass) => colours[pass]) },
        legend,
      },
      order: { field: "order", type: "quantitative" },
      tooltip: [
        { field: "name", type: "nominal" },
        ...passOf,
        field("ms"),
        { field: "share", type: "quantitative", format: ".1%" },
        field("GFLOP"),
        field("MB"),
      ],
    },
  };
}

function shares(shown: readonly CostBar[]): Spec {
  return {
    data: inlineData(
      { place: number, ms: number, share: number },
      shown.map((bar, place) => [place, time(bar), bar.share]),
    ),
    mark: { type: "text", style: written, align: "left", dx: 4, fontSize: 10 },
    encoding: {
      x: { field: "ms", type: "quantitative" },
      text: { field: "share", type: "quantitative", format: ".1%" },
    },
  };
}

/** Empty where nothing was counted. */
function costs({ share, flops = Number.NaN, bytes = Number.NaN }: CostBar): Cell[] {
  return [share, flops / 1e9, bytes / 1e6];
}

function time({ forward = 0, backward = 0, other = 0, whole = 0 }: CostBar): number {
  return forward + backward + other + whole;
}

function dearest(bars: readonly CostBar[]): readonly CostBar[] {
  const kept = new Set(bars.toSorted((a, b) => time(b) - time(a)).slice(0, mostBars));
  return bars.filter((bar) => kept.has(bar));
}
