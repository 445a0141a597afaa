/** The chart of what layers cost: a bar each, forward and backward behind one another. */
import { plainLabels } from "./axisLabels.js";
import { inlineData, type Spec } from "./inlineData.js";
import { neutral, runColour } from "./palette.js";
import { schemaUrl } from "./spec.js";

/** Times in milliseconds. */
export interface LayerBar {
  readonly layer: string;
  readonly forward?: number;
  readonly backward?: number;
  readonly other?: number;
}

/** More do not fit on a screen. */
const mostBars = 40;

const passes = ["forward", "backward", "other"] as const;

/** From the first at the top; where there are many, the dearest of them in their order. */
export function layerChart(title: string, bars: readonly LayerBar[]): Spec {
  const shown = dearest(bars);
  const rows = shown.flatMap((bar, place) =>
    passes.flatMap((pass, i) => (bar[pass] === undefined ? [] : [[place, bar.layer, pass, i, bar[pass]]])),
  );
  const subtitle =
    shown.length < bars.length ? { subtitle: `the ${shown.length} dearest of ${bars.length}` } : {};
  const number = "number" as const;
  const columns = {
    place: number,
    layer: "string" as const,
    pass: "string" as const,
    order: number,
    ms: number,
  };
  const names = shown.map(({ layer }) => JSON.stringify(layer)).join(",");
  return {
    $schema: schemaUrl,
    description: `Milliseconds forward and backward by layer: ${title}`,
    title: { text: title, ...subtitle, anchor: "start", fontSize: 11, subtitleFontSize: 10 },
    width: 420,
    height: { step: 18 },
    padding: 8,
    config: { axis: { titleFontWeight: "normal" } },
    data: inlineData(columns, rows as (string | number)[][]),
    mark: { type: "bar", height: { band: 0.75 } },
    encoding: {
      // By its place, as two layers may have one name.
      y: {
        field: "place",
        type: "ordinal",
        axis: {
          title: null,
          labelExpr: `[${names}][datum.value]`,
          labelLimit: 160,
          ticks: false,
          grid: false,
        },
      },
      x: { field: "ms", type: "quantitative", stack: "zero", axis: { title: "ms", ...plainLabels } },
      color: {
        field: "pass",
        type: "nominal",
        scale: { domain: passes, range: [runColour(0), runColour(1), neutral] },
        legend: { title: null, orient: "top", direction: "horizontal" },
      },
      order: { field: "order", type: "quantitative" },
      tooltip: [
        { field: "layer", type: "nominal" },
        { field: "pass", type: "nominal" },
        { field: "ms", type: "quantitative", format: ".4~g" },
      ],
    },
  };
}

function dearest(bars: readonly LayerBar[]): readonly LayerBar[] {
  const time = ({ forward = 0, backward = 0, other = 0 }: LayerBar) => forward + backward + other;
  const kept = new Set(bars.toSorted((a, b) => time(b) - time(a)).slice(0, mostBars));
  return bars.filter((bar) => kept.has(bar));
}
