/** PR and ROC curves, of several classes or several runs over each other. */
import { visibleControls } from "../base/visibleControls.js";
import { type Cell, inlineData, type Spec } from "./inlineData.js";
import { neutral } from "./palette.js";
import { chartTitle } from "./section.js";

export interface CurveSeries {
  readonly name: string;
  readonly colour: string;
  /** Lengths of strokes and gaps, as `runDash` gives them. */
  readonly dash: readonly number[];
  /** The area under it. */
  readonly area: number;
  readonly points: readonly (readonly [number, number])[];
}

export interface CurveSize {
  readonly width: number;
  readonly height: number;
  readonly interactive: boolean;
  /** Default true. False where the chart beside it has the same lines. */
  readonly legend?: boolean;
}

interface CurveKind {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly area: string;
  /** Where a classifier that guesses lies: on the diagonal. */
  readonly diagonal: boolean;
}

export const curveKinds = {
  precisionRecall: {
    title: "precision over recall",
    x: "recall",
    y: "precision",
    area: "average precision",
    diagonal: false,
  },
  roc: {
    title: "ROC: true over false positives",
    x: "false positive rate",
    y: "true positive rate",
    area: "area",
    diagonal: true,
  },
} as const satisfies Record<string, CurveKind>;

/** Pixels of a name in the legend, and of the stroke and the gap before it. */
const mostOfName = 130;
const beforeName = 24;

/** What the legend takes beside the curves; about 6 pixels a letter. */
export function legendWidth(series: readonly Pick<CurveSeries, "name">[]): number {
  if (series.length < 2) return 0;
  const longest = Math.max(...series.map(({ name }) => visibleControls(name).length));
  return beforeName + Math.min(mostOfName, 6 * longest);
}

/** @param field what a line is: `class` or `run` */
export function curveCard(
  kind: CurveKind,
  series: readonly CurveSeries[],
  options: CurveSize & { field: "class" | "run"; subtitle: string | readonly string[] },
): Spec {
  const { field, subtitle, width, height } = options;
  const drawn = series.filter(({ points }) => points.length > 0);
  const names = drawn.map(({ name }) => visibleControls(name));
  const rows = drawn.flatMap(({ points, area }, i) =>
    points.map(([x, y], order): Cell[] => [names[i] as string, order, x, y, area]),
  );
  return {
    title: { ...chartTitle(kind.title, subtitle), limit: width + 40 },
    width,
    height,
    data: inlineData({ [field]: "string", order: "number", x: "number", y: "number", area: "number" }, rows),
    layer: [...(kind.diagonal ? [diagonal(kind)] : []), lines(kind, drawn, options)],
  };
}

function diagonal(kind: CurveKind): Spec {
  return {
    data: { values: [{ x: 0, y: 0, x2: 1, y2: 1 }] },
    mark: { type: "rule", color: neutral, strokeDash: [3, 3], strokeWidth: 1 },
    encoding: {
      x: share("x", kind.x),
      y: share("y", kind.y),
      x2: { field: "x2" },
      y2: { field: "y2" },
    },
  };
}

function lines(
  kind: CurveKind,
  drawn: readonly CurveSeries[],
  { field, interactive, legend = true }: CurveSize & { field: "class" | "run" },
): Spec {
  const names = drawn.map(({ name }) => visibleControls(name));
  const legendOf =
    legend && names.length > 1 ? { title: null, symbolType: "stroke", labelLimit: mostOfName } : null;
  const told = (range: unknown): Spec => ({
    field,
    type: "nominal",
    scale: { domain: names, range },
    legend: legendOf,
  });
  return {
    mark: { type: "line", strokeWidth: 1.6, clip: true },
    encoding: {
      x: share("x", kind.x),
      y: share("y", kind.y),
      color: told(drawn.map(({ colour }) => colour)),
      strokeDash: told(drawn.map(({ dash }) => dash)),
      order: { field: "order", type: "quantitative" },
      ...(interactive
        ? {
            tooltip: [
              { field, type: "nominal" },
              { field: "x", type: "quantitative", title: kind.x, format: ".3f" },
              { field: "y", type: "quantitative", title: kind.y, format: ".3f" },
              { field: "area", type: "quantitative", title: kind.area, format: ".4f" },
            ],
          }
        : {}),
    },
  };
}

function share(field: string, title: string): Spec {
  return {
    field,
    type: "quantitative",
    scale: { domain: [0, 1] },
    axis: { title, values: [0, 0.2, 0.4, 0.6, 0.8, 1] },
  };
}
