/** Lines of text as a chart, for where a chart is all that can be shown. */
import { type Cell, inlineData, type Spec } from "../inlineData.js";
import { written } from "../look.js";
import { pixelPlace } from "../pixelPlace.js";
import type { PanelStyle } from "../section.js";

const fontSize = 11;
export const lineHeight = 15;

/** Empty lines are gaps; what does not fit a row is cut off with an ellipsis. */
export function linesCard(title: Spec, lines: readonly string[], { row }: Pick<PanelStyle, "row">): Spec {
  return {
    title,
    width: row,
    height: lines.length * lineHeight,
    data: inlineData(
      { y: "number", line: "string" },
      lines.flatMap((line, i): Cell[][] => (line === "" ? [] : [[i * lineHeight, line]])),
    ),
    mark: { type: "text", style: written, align: "left", baseline: "top", x: 0, fontSize, limit: row },
    encoding: {
      y: pixelPlace("y"),
      text: { field: "line", type: "nominal" },
    },
  };
}
