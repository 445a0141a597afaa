/** The evaluations of runs: confusion matrices beside each other, curves over each other. */
import type { ClassificationContent } from "../../base/evaluationContent.js";
import { visibleControls } from "../../base/visibleControls.js";
import type { BoardEvaluation, BoardEvaluations } from "../boardMedia.js";
import { confusionCard } from "../confusionCard.js";
import { type CurveSeries, curveCard, curveKinds } from "../curveCards.js";
import { areaOf, classSeries, confusionsCard, metricsLines, mistakesCard } from "../evaluationCards.js";
import type { Spec } from "../inlineData.js";
import { runColour, runDash } from "../palette.js";
import { residualCard } from "../residualCard.js";
import type { PanelStyle, Section } from "../section.js";
import type { BoardRun } from "../series.js";

/** Runs whose matrices or scatters are drawn; curves are of all of them. */
const mostRuns = 6;

interface Judged {
  readonly label: string;
  /** The run's place on the board. */
  readonly place: number;
  readonly found: BoardEvaluations;
}

/** A section for each name that evaluations were recorded under. */
export function evaluations(runs: readonly BoardRun[], style: PanelStyle): Section[] {
  const byTag = new Map<string, Judged[]>();
  runs.forEach(({ label, media }, place) => {
    for (const [tag, found] of media?.evaluations ?? [])
      byTag.set(tag, [...(byTag.get(tag) ?? []), { label, place, found }]);
  });
  return [...byTag].map(([tag, judged]) => section(tag, judged, style));
}

function section(tag: string, judged: readonly Judged[], style: PanelStyle): Section {
  const left = judged.length - mostRuns;
  const cards = [
    ...curveCards(judged, style),
    ...judged
      .slice(0, mostRuns)
      .flatMap(({ label, found }) =>
        found.shown.map((one, i) => resultCard(titleOf(label, found, i), one, style)),
      ),
    ...(judged.length === 1 ? listsOf(judged[0] as Judged, style) : []),
  ];
  const note = left > 0 ? `; confusion matrices of ${mostRuns} of ${judged.length} runs` : "";
  return { title: `evaluation: ${tag}${note}`, columns: 2, cards };
}

function titleOf(label: string, { shown, count }: BoardEvaluations, place: number): string {
  const which = count === 1 ? "" : place === 0 ? `, the newest of ${count}` : ", the first";
  return `${label}: step ${shown[place]?.step}${which}`;
}

function resultCard(text: string, { content }: BoardEvaluation, style: PanelStyle): Spec {
  const { interactive, half } = style;
  const title = { text, subtitle: metricsLines(content) };
  const side = Math.min(340, half.width);
  if (content.kind === "regression")
    return residualCard(content, title, { width: side, height: side, interactive });
  return confusionCard(content, title, { side, interactive });
}

/** Of one run a line for each class, else one for each run. */
function curveCards(judged: readonly Judged[], style: PanelStyle): Spec[] {
  const drawn = judged.flatMap(({ label, place, found }) => {
    const content = found.shown[0]?.content;
    return content?.kind === "classification" && (content.curves?.length ?? 0) > 0
      ? [{ label, place, content }]
      : [];
  });
  const [first] = drawn;
  if (!first) return [];
  const size = { ...style.half, interactive: style.interactive };
  return (["precisionRecall", "roc"] as const).map((kind) => {
    if (drawn.length === 1) {
      const subtitle = areaOf(first.content, kind);
      return curveCard(curveKinds[kind], classSeries(first.content.curves ?? [], kind), {
        ...size,
        field: "class",
        subtitle,
      });
    }
    const series = drawn.map(({ label, place, content }) => runSeries({ label, place }, content, kind));
    const of = series.some(({ isMicro }) => isMicro) ? "all classes together" : "the second class";
    const subtitle = [`${curveKinds[kind].area} of ${of}:`, areas(series)];
    return curveCard(curveKinds[kind], series, { ...size, field: "run", subtitle });
  });
}

/** The first three, and how many more. */
function areas(series: readonly CurveSeries[]): string {
  const more = series.length - 3;
  const shown = series.slice(0, 3).map(({ name, area }) => `${visibleControls(name)} ${area.toFixed(3)}`);
  return shown.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function runSeries(
  { label, place }: { readonly label: string; readonly place: number },
  { curves = [] }: ClassificationContent,
  kind: keyof typeof curveKinds,
): CurveSeries & { readonly isMicro: boolean } {
  const curve = curves.find(({ isMicro }) => isMicro) ?? curves[0];
  return {
    name: label,
    colour: runColour(place),
    dash: runDash(place),
    isMicro: curve?.isMicro ?? false,
    area: (kind === "roc" ? curve?.rocAuc : curve?.averagePrecision) ?? Number.NaN,
    points: curve?.[kind] ?? [],
  };
}

/** What is confused most, and the worst mistakes. */
function listsOf({ found }: Judged, style: PanelStyle): Spec[] {
  const content = found.shown[0]?.content;
  if (content?.kind !== "classification") return [];
  const { width } = style.half;
  const confusions = confusionsCard(content, width);
  return [
    ...(confusions ? [confusions] : []),
    ...(content.mistakes.length > 0 ? [mistakesCard(content.mistakes, width)] : []),
  ];
}
