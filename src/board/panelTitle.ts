/** The title of a chart of Vega's, which its card says. */
import type { Spec } from "./inlineData.js";

export function panelTitle(spec: Spec): string {
  return String((spec.title as { text?: string } | undefined)?.text ?? "chart");
}

/** With this step behind its name. */
export function atStep(spec: Spec, name: string, step: number): Spec {
  return { ...spec, title: { ...(spec.title as Spec), text: `${name}, step ${step}` } };
}

/** Without the step, by which the chart of another step has the same name. */
export function withoutStep(title: string): string {
  return title.replace(/, step -?[\d,.]+$/, "");
}
