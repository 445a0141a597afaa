/**
 * A confusion matrix as a heat map: true classes in rows, said ones in columns, each cell as deep as its share of the
 * row. Of more classes than have room the most confused.
 */
import { sum } from "../base/sum.js";
import { visibleControls } from "../base/visibleControls.js";
import { type ConfusionMatrix, confusedClasses } from "./confusedClasses.js";
import { type Cell, inlineData, pick, type Spec } from "./inlineData.js";
import { written } from "./look.js";
import { neutral, runColour } from "./palette.js";
import { chartTitle } from "./section.js";

/** What is on the diagonal and what is not: told apart by the place too. */
const right = runColour(0);
const wrong = runColour(1);

/** Cells with a count: of more the emptiest are left out. */
const mostCells = 1500;
/** Classes up to which cells hold their counts, and their shares too. */
const withCounts = 16;
const withShares = 9;
/** Pixels of a cell, of the whole, and that a label takes. */
const cellSize = { least: 4, most: 40, mostOfFew: 64, ruled: 8 } as const;
/** Characters of a label. */
const longestName = 16;
const labelHeight = 12;

export interface ConfusionSize {
  /** Most pixels of a side. */
  readonly side: number;
  readonly interactive: boolean;
}

export function confusionCard(
  matrix: ConfusionMatrix,
  title: { readonly text: string; readonly subtitle?: readonly string[] },
  { side, interactive }: ConfusionSize,
): Spec {
  const drawn = confusedClasses(matrix, mostClasses(matrix, side));
  const { classNames, whole } = drawn;
  const classes = classNames.length;
  const most = classes <= 4 ? cellSize.mostOfFew : cellSize.most;
  const step = Math.max(cellSize.least, Math.min(most, Math.floor(side / Math.max(1, classes))));
  const cells = cellsOf(drawn);
  const shown =
    cells.length > mostCells ? cells.toSorted((a, b) => b.share - a.share).slice(0, mostCells) : cells;
  const names = classNames.map(visibleControls);
  const left = cells.length - shown.length;
  const notes = [
    ...(title.subtitle ?? []),
    whole && `the ${classes} most confused of ${whole.classes.toLocaleString("en-US")} classes`,
    left > 0 ? `${left} cells of the least share are left out` : undefined,
  ];
  const subtitle = notes.filter((note) => note !== undefined);
  const place = (field: "t" | "p"): Spec => ({
    field,
    type: "ordinal",
    scale: { domain: names.map((_, k) => k) },
    axis: { ...classAxis(names, step), title: field === "t" ? "true" : "predicted", ...sideOf(field) },
  });
  const text = (field: string, dy: number): Spec => ({
    mark: { type: "text", style: written, fontSize: 10, dy },
    encoding: { text: { field, type: "nominal" } },
  });
  const isRoomy = step >= 30 && classes <= withShares;
  return {
    title: { ...chartTitle(title.text, subtitle), limit: Math.max(250, side) },
    width: step * classes,
    height: step * classes,
    data: inlineData(
      { t: "number", p: "number", n: "number", share: "number", count: "string", percent: "string" },
      shown.map(({ t, p, n, share }): Cell[] => [t, p, n, share, short(n), percentOf(share)]),
    ),
    encoding: { x: place("p"), y: place("t") },
    layer: [
      {
        mark: {
          type: "rect",
          ...(step >= cellSize.ruled ? { stroke: neutral, strokeWidth: 0.4, strokeOpacity: 0.5 } : {}),
        },
        encoding: {
          color: {
            condition: { test: "datum.t == datum.p", value: right },
            value: wrong,
          },
          fillOpacity: {
            field: "share",
            type: "quantitative",
            // Of few mistakes each is to be seen.
            scale: { type: "sqrt", domain: [0, 1], range: [0.04, 0.75] },
            legend: null,
          },
          ...(interactive ? { tooltip: tooltipOf() } : {}),
        },
        ...(interactive
          ? {
              transform: [
                { calculate: pick(names, "t"), as: "true" },
                { calculate: pick(names, "p"), as: "predicted" },
              ],
            }
          : {}),
      },
      ...(classes <= withCounts && step >= 18 ? [text("count", isRoomy ? -5 : 0)] : []),
      ...(isRoomy ? [text("percent", 7)] : []),
    ],
  };
}

/** All where they have room; else so many that each can be read. */
function mostClasses({ classNames, whole }: ConfusionMatrix, side: number): number {
  const room = Math.floor(side / cellSize.least);
  return (whole?.classes ?? classNames.length) <= room ? room : Math.floor(side / cellSize.ruled);
}

function sideOf(field: "t" | "p"): Spec {
  return field === "p" ? { orient: "bottom", labelAngle: -45, labelAlign: "right" } : {};
}

function tooltipOf(): Spec[] {
  return [
    { field: "true", type: "nominal" },
    { field: "predicted", type: "nominal" },
    { field: "n", type: "quantitative", title: "samples" },
    { field: "share", type: "quantitative", title: "of the true class", format: ".1%" },
  ];
}

/** Each label where there is room, else every second, fifth, tenth … */
function classAxis(names: readonly string[], step: number): Spec {
  const stride = [1, 2, 5, 10, 20, 50, 100].find((each) => each * step >= labelHeight) ?? 100;
  const values = names.map((_, k) => k).filter((k) => k % stride === 0);
  // Cut here, as the axis's title stands beside whole labels, whatever their limit.
  const labels = names.map((name) =>
    name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name,
  );
  return {
    labelExpr: pick(labels, "value"),
    values,
    ticks: false,
    grid: false,
    domain: false,
  };
}

interface MatrixCell {
  readonly t: number;
  readonly p: number;
  readonly n: number;
  /** Of the row, 0 to 1. */
  readonly share: number;
}

function cellsOf({ counts, whole }: ConfusionMatrix): MatrixCell[] {
  return counts.flatMap((row, t) => {
    const all = whole?.samples[t] ?? sum(row);
    return row.flatMap((n, p) => (n > 0 ? [{ t, p, n, share: n / all }] : []));
  });
}

/** `12`, `9999`, `12.3k`. */
function short(n: number): string {
  return n < 10_000 ? String(n) : `${Number((n / 1000).toPrecision(3))}k`;
}

function percentOf(share: number): string {
  const percent = 100 * share;
  return `${percent < 0.95 ? percent.toFixed(1) : Math.round(percent)} %`;
}
