/** The chart of a learning-rate range test: loss over the logarithm of the rate. */
import { type Cell, inlineData, type Spec } from "./inlineData.js";
import { written } from "./look.js";
import { runColour } from "./palette.js";
import { schemaUrl } from "./spec.js";

/** A rate that is marked by a line. */
export interface MarkedRate {
  readonly name: string;
  readonly rate: number;
}

/** @param rows rate, loss, smoothed loss */
export function rateChart(
  title: string,
  rows: readonly (readonly number[])[],
  marks: readonly MarkedRate[],
): Spec {
  const x = {
    field: "rate",
    type: "quantitative",
    scale: { type: "log", nice: false },
    axis: { title: "learning rate", format: ".0e", labelOverlap: true, grid: false },
  };
  const y = (field: string) => ({
    field,
    type: "quantitative",
    scale: { zero: false, domain: lossDomain(rows) },
    title: "loss",
  });
  const tooltip = ["rate", "loss", "smoothed"].map((field) => ({
    field,
    type: "quantitative",
    format: ".4~g",
  }));
  const line = { type: "line", clip: true, color: runColour(0) };
  return {
    $schema: schemaUrl,
    description: `Loss over the learning rate: ${title}`,
    title: {
      text: title,
      subtitle: "thin: the loss of each step; thick: smoothed",
      anchor: "start",
      fontSize: 11,
      subtitleFontSize: 10,
    },
    width: 420,
    height: 240,
    padding: 8,
    config: { axis: { titleFontWeight: "normal" } },
    layer: [
      {
        data: inlineData({ rate: "number", loss: "number", smoothed: "number" }, rows as Iterable<Cell[]>),
        layer: [
          { mark: { ...line, strokeWidth: 1, opacity: 0.3 }, encoding: { x, y: y("loss") } },
          { mark: { ...line, strokeWidth: 1.8 }, encoding: { x, y: y("smoothed"), tooltip } },
        ],
      },
      ...marks.map((mark, i) =>
        markAt(mark, { index: i, last: mark.rate === Math.max(...marks.map(({ rate }) => rate)) }),
      ),
    ],
  };
}

/** Its name stands outwards: only that of the last at its right, so that no name runs over another's line. */
function markAt({ name, rate }: MarkedRate, { index, last }: { index: number; last: boolean }): Spec {
  const x = { field: "rate", type: "quantitative" };
  const color = runColour(index + 1);
  return {
    data: { values: [{ rate, name: `${name}: ${Number(rate.toPrecision(3))}` }] },
    layer: [
      { mark: { type: "rule", color, strokeDash: [4, 3] }, encoding: { x } },
      {
        mark: {
          type: "text",
          style: written,
          align: last ? "left" : "right",
          dx: last ? 4 : -4,
          fontSize: 10,
        },
        encoding: { x, y: { value: 10 + 14 * index }, text: { field: "name" } },
      },
    ],
  };
}

/** What lies far above the beginning, where the loss diverges, is cut off. */
function lossDomain(rows: readonly (readonly number[])[]): [number, number] {
  const finite = rows.flatMap(([, ...losses]) => losses.filter(Number.isFinite));
  const least = Math.min(...finite);
  const begin = rows[0]?.[1] ?? 1;
  const most = Math.min(Math.max(...finite), Math.max(begin, least) * 2);
  return [least, most > least ? most : least + 1];
}
