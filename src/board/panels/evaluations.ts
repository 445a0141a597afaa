/** The evaluations of runs: confusion matrices beside each other, curves over each other. */
import type { ClassificationContent } from "../../base/evaluationContent.js";
import { visibleControls } from "../../base/visibleControls.js";
import type { BoardEvaluation, BoardEvaluations, BoardPictures } from "../boardMedia.js";
import { confusionCard } from "../confusionCard.js";
import { type CurveSeries, curveCard, curveKinds, legendWidth } from "../curveCards.js";
import { areaOf, classSeries, confusionsCard, metricsLines, mistakesCard } from "../evaluationCards.js";
import type { Spec } from "../inlineData.js";
import { mistakesOf } from "../mistakesOf.js";
import { runColour, runDash } from "../palette.js";
import { atStep, panelTitle } from "../panelTitle.js";
import { residualCard } from "../residualCard.js";
import type { PanelStyle, Section } from "../section.js";
import type { BoardRun } from "../series.js";
import { type StepCard, sectionCards, sliderRoom, steppedCards } from "../steppedCards.js";
import { labelledImages } from "./labelledImages.js";

/** Runs whose matrices or scatters are drawn; curves are of all of them. */
const mostRuns = 6;

interface Judged {
  readonly label: string;
  /** The run's place on the board. */
  readonly place: number;
  readonly found: BoardEvaluations;
  readonly pictures: BoardPictures | undefined;
}

/** A section for each name that evaluations were recorded under. */
export function evaluations(runs: readonly BoardRun[], style: PanelStyle): Section[] {
  const byTag = new Map<string, Judged[]>();
  runs.forEach(({ label, media }, place) => {
    for (const [tag, found] of media?.evaluations ?? [])
      byTag.set(tag, [
        ...(byTag.get(tag) ?? []),
        { label, place, found, pictures: media && mistakesOf(media, tag) },
      ]);
  });
  const sliders = [...byTag.values()].reduce((sum, judged) => sum + slidersOf(judged), 0);
  return [...byTag].flatMap(([tag, judged]) => [
    section(tag, judged, { ...style, room: sliderRoom(sliders) }),
    ...pictureSection(tag, judged, style),
  ]);
}

interface RoomStyle extends PanelStyle {
  /** Of a slider. */
  readonly room: number;
}

/** A matrix a run; of one run its curves and lists, too. */
function slidersOf({ length }: readonly Judged[]): number {
  return length === 1 ? 3 : Math.min(length, mostRuns);
}

/** The worst mistakes of each run's newest evaluation, a row each. */
function pictureSection(tag: string, judged: readonly Judged[], style: PanelStyle): Section[] {
  const cards = judged.flatMap(({ label, pictures }) =>
    pictures ? [labelledImages(`mistakes of ${label}`, pictures, style)] : [],
  );
  const left = cards.length - mostRuns;
  const note = left > 0 ? `; of ${mostRuns} of ${cards.length} runs` : "";
  if (cards.length === 0) return [];
  return [
    { title: `worst mistakes of evaluation: ${tag}${note}`, columns: 1, cards: cards.slice(0, mostRuns) },
  ];
}

function section(tag: string, judged: readonly Judged[], style: RoomStyle): Section {
  const left = judged.length - mostRuns;
  const [only] = judged.length === 1 ? judged : [];
  const cards: StepCard[] = [
    ...(only ? curveSteps(only, style) : curveCards(judged, style).map((card) => ({ card }))),
    ...judged.slice(0, mostRuns).flatMap((one) => resultCards(one, style)),
    ...(only ? listSteps(only, style) : []),
  ];
  const note = left > 0 ? `; confusion matrices of ${mostRuns} of ${judged.length} runs` : "";
  return {
    title: `evaluation: ${tag}${note}`,
    columns: 2,
    ...sectionCards(cards, style),
  };
}

/** With a slider the newest, from which the others are reached; else the newest and the first. */
function resultCards({ label, found }: Judged, style: RoomStyle): StepCard[] {
  const card = (one: BoardEvaluation) => resultCard(titleOf(label, found, one), one, style);
  if (style.stepSlider)
    return steppedCards(found.shown, (one) => [[`${label}: ${resultName(one)}`, card(one)]], style.room);
  const first = found.shown.length > 1 ? found.shown.slice(-1) : [];
  return [...found.shown.slice(0, 1), ...first].map((one) => ({ card: card(one) }));
}

function resultName({ content }: BoardEvaluation): string {
  return content.kind === "regression" ? "predicted over true" : "confusion matrix";
}

function titleOf(label: string, { shown, count }: BoardEvaluations, one: BoardEvaluation): string {
  const isFirst = one === shown.at(-1);
  const which =
    count === 1 ? "" : one === shown[0] ? `, the newest of ${count}` : isFirst ? ", the first" : "";
  return `${label}: step ${one.step}${which}`;
}

function resultCard(text: string, { content }: BoardEvaluation, style: PanelStyle): Spec {
  const { interactive, half } = style;
  const title = { text, subtitle: metricsLines(content) };
  const side = Math.min(340, half.width);
  if (content.kind === "regression")
    return residualCard(content, title, { width: side, height: side, interactive });
  return confusionCard(content, title, { side, interactive });
}

/** Of one run a line for each class. */
function curveSteps(one: Judged, style: RoomStyle): StepCard[] {
  return ofOneRun(one, style, (found) =>
    curveCards([{ ...one, found: { shown: [found], count: 1 } }], style),
  );
}

/** What is confused most, and the worst mistakes. */
function listSteps(one: Judged, style: RoomStyle): StepCard[] {
  return ofOneRun(one, style, ({ content }) => listsOf(content, style));
}

/** Cards whose titles do not say the step. */
function ofOneRun(
  one: Judged,
  style: RoomStyle,
  cards: (found: BoardEvaluation) => readonly Spec[],
): StepCard[] {
  const shown = shownOf(one, style);
  const titled = (spec: Spec, step: number) =>
    shown.length > 1 ? atStep(spec, panelTitle(spec), step) : spec;
  return steppedCards(
    shown,
    (found) => cards(found).map((spec) => [`${one.label}: ${panelTitle(spec)}`, titled(spec, found.step)]),
    style.room,
  );
}

function shownOf({ found: { shown } }: Judged, style: PanelStyle): readonly BoardEvaluation[] {
  return style.stepSlider ? shown : shown.slice(0, 1);
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
  // Cards keep their width, so that two stand beside each other in a notebook and on a page.
  const besideLegend = (series: readonly CurveSeries[]) => ({
    width: style.half.width - legendWidth(series),
    height: style.half.height,
    interactive: style.interactive,
  });
  return (["precisionRecall", "roc"] as const).map((kind) => {
    if (drawn.length === 1) {
      const subtitle = areaOf(first.content, kind);
      const lines = classSeries(first.content.curves ?? [], kind);
      return curveCard(curveKinds[kind], lines, { ...besideLegend(lines), field: "class", subtitle });
    }
    const series = drawn.map(({ label, place, content }) => runSeries({ label, place }, content, kind));
    const { area } = curveKinds[kind];
    const isMicro = series.some((one) => one.isMicro);
    const told = isMicro ? `micro ${area}, of all classes together:` : `${area} of the second class:`;
    const subtitle = [told, areas(series)];
    return curveCard(curveKinds[kind], series, { ...besideLegend(series), field: "run", subtitle });
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

function listsOf(content: BoardEvaluation["content"], style: PanelStyle): Spec[] {
  if (content.kind !== "classification") return [];
  const { width } = style.half;
  const confusions = confusionsCard(content, width);
  return [
    ...(confusions ? [confusions] : []),
    ...(content.mistakes.length > 0 ? [mistakesCard(content.mistakes, width)] : []),
  ];
}
