/** A place in a chart that is drawn like a page. */
import type { Spec } from "./inlineData.js";

/** Vega-Lite's `x` or `y` of a field that holds pixels: no scale, no axis. */
export function pixelPlace(field: string): Spec {
  return { field, type: "quantitative", scale: null, axis: null };
}
