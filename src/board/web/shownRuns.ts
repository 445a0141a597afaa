/** Which runs are drawn: those the expression finds, less those that were unticked. */
import type { CatalogueRun } from "../source/catalogue.js";
import { expressionOf, type View } from "./view.js";

export function matchingRuns(
  runs: readonly CatalogueRun[],
  { runs: text }: Pick<View, "runs">,
): CatalogueRun[] {
  const expression = expressionOf(text);
  return expression ? runs.filter(({ label }) => expression.test(label)) : [...runs];
}

export function shownRuns(
  runs: readonly CatalogueRun[],
  view: Pick<View, "runs" | "hidden">,
): CatalogueRun[] {
  const hidden = new Set(view.hidden);
  return matchingRuns(runs, view).filter(({ label }) => !hidden.has(label));
}
