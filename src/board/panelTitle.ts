/** The title of a chart of Vega's, which its card says. */
import type { Spec } from "../inlineData.js";

export function panelTitle(spec: Spec): string {
  return String((spec.title as { text?: string } | undefined)?.text ?? "chart");
}
