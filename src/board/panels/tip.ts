/** Rows of a tooltip. */
import type { Spec } from "../inlineData.js";
import type { PanelStyle } from "../section.js";

export function tip(field: string, title: string, type = "quantitative"): Spec {
  return { field, title, type };
}

/** The step of a row of `scalarData`. */
export function stepTip(style: PanelStyle, step: string): Spec {
  return tip(style.x === "step" ? "x" : "n", step);
}
