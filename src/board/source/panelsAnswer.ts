/** The charts that Vega draws, of some of the runs, for a page of some width. */
import { type BoardData, sectionsBesideScalars } from "../content.js";
import { styleOf } from "../options.js";
import type { PanelStyle, Section } from "../section.js";
import { pageDetail, pageSize } from "./pageSize.js";
import type { PanelsQuestion } from "./pageSource.js";

export function panelsAnswer(data: BoardData, { settings, runs, sweeps, width }: PanelsQuestion): Section[] {
  const picked = new Set(runs);
  const style: PanelStyle = {
    ...styleOf(settings),
    ...pageSize(width),
    ...pageDetail,
    interactive: true,
    stepSlider: true,
  };
  return sectionsBesideScalars(
    {
      ...data,
      runs: data.runs.filter(({ label }) => picked.has(label)),
      sweeps: sweeps ? data.sweeps.filter((_, place) => sweeps.includes(place)) : data.sweeps,
    },
    settings,
    style,
  );
}
