/** The charts that an evaluation records as figures, for whoever does not read evaluations. */
import type { BoardMedia } from "./boardMedia.js";

/** As `Evaluation` and `RegressionEvaluation` call theirs. */
const charts = ["confusion", "predicted"] as const;

/** Whether a figure is the chart of an evaluation that the board shows itself. */
export function isEvaluationFigure({ evaluations }: BoardMedia, tag: string): boolean {
  return charts.some((chart) => {
    const end = `/${chart}`;
    return tag.endsWith(end) && evaluations?.has(tag.slice(0, -end.length));
  });
}
