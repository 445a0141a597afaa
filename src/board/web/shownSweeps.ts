/** Which sweeps are drawn: those whose name the filter of runs finds, and whose metric the filter of tags does. */
import type { Catalogue } from "../source/catalogue.js";
import { expressionOf, type View } from "./view.js";

/** Places in the catalogue. A filter of tags that the board was asked for at first hides no sweep. */
export function shownSweeps(
  { sweeps, settings }: Pick<Catalogue, "sweeps" | "settings">,
  view: Pick<View, "runs" | "tags" | "sweeps">,
): number[] {
  if (view.sweeps === "hide") return [];
  const asked = settings.tags?.source ?? "";
  const name = expressionOf(view.runs) ?? /^/;
  const metric = (view.tags === asked ? undefined : expressionOf(view.tags)) ?? /^/;
  return sweeps.flatMap((sweep, place) =>
    name.test(sweep.name) && metric.test(sweep.metric) ? [place] : [],
  );
}
