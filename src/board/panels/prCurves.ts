/** PR curves that stand alone, as other programs record them: a chart for each tag, all runs in it. */
import { visibleControls } from "../../base/visibleControls.js";
import type { BoardPrCurves } from "../boardMedia.js";
import { type CurveSeries, curveCard, curveKinds, legendWidth } from "../curveCards.js";
import type { Spec } from "../inlineData.js";
import { runColour, runDash } from "../palette.js";
import { atStep } from "../panelTitle.js";
import type { PanelStyle, Section } from "../section.js";
import type { BoardRun } from "../series.js";
import { sectionCards, sliderRoom, steppedCards } from "../steppedCards.js";

interface Curves {
  readonly label: string;
  /** The run's place on the board. */
  readonly place: number;
  readonly found: BoardPrCurves;
}

export function prCurves(runs: readonly BoardRun[], style: PanelStyle): Section[] {
  const byTag = new Map<string, Curves[]>();
  runs.forEach(({ label, media }, place) => {
    for (const [tag, found] of media?.prCurves ?? [])
      byTag.set(tag, [...(byTag.get(tag) ?? []), { label, place, found }]);
  });
  if (byTag.size === 0) return [];
  const cards = [...byTag].flatMap(([tag, curves]) =>
    tagCards(tag, curves, { style, room: sliderRoom(byTag.size) }),
  );
  return [
    {
      title: "PR curves",
      columns: 2,
      ...sectionCards(cards, style),
    },
  ];
}

/** TensorBoard's writer puts its plugin's name behind each. */
export function curveName(tag: string): string {
  return tag.replace(/\/pr_curves$/, "");
}

/** At each step the newest curve of each run until then. */
function tagCards(
  tag: string,
  curves: readonly Curves[],
  { style, room }: { readonly style: PanelStyle; readonly room: number },
) {
  const steps = [...new Set(curves.flatMap(({ found }) => found.shown.map(({ step }) => step)))];
  const newestFirst = steps.sort((a, b) => b - a).slice(0, style.stepSlider ? steps.length : 1);
  const name = curveName(tag);
  return steppedCards(
    newestFirst.map((step) => ({ step })),
    ({ step }) => [
      [
        name,
        curvesCard(
          name,
          curves.map((one) => curveAt(one, step)),
          { step, style },
        ),
      ],
    ],
    room,
  );
}

interface AtStep extends CurveSeries {
  readonly step: number;
}

function curveAt({ label, place, found }: Curves, until: number): AtStep | undefined {
  const curve = found.shown.find(({ step }) => step <= until);
  if (!curve) return undefined;
  const { step, points, averagePrecision: area } = curve;
  return { name: label, colour: runColour(place), dash: runDash(place), area, points, step };
}

function curvesCard(
  name: string,
  given: readonly (AtStep | undefined)[],
  { step, style }: { readonly step: number; readonly style: PanelStyle },
): Spec {
  const series = given.filter((one) => one !== undefined);
  const areas = series.slice(0, 3).map((one) => `${visibleControls(one.name)} ${one.area.toFixed(3)}`);
  const more = series.length > areas.length ? ` and ${series.length - areas.length} more` : "";
  const spec = curveCard(curveKinds.precisionRecall, series, {
    width: style.half.width - legendWidth(series),
    height: style.half.height,
    interactive: style.interactive,
    field: "run",
    subtitle: ["average precision, about:", areas.join(", ") + more],
  });
  return atStep(spec, visibleControls(name), step);
}
