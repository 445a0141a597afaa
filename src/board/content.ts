/** Which runs, tags and panels make a board. */
import type { BoardKind } from "../base/boardKinds.js";
import { tags } from "../base/tags.js";
import type { BoardMedia } from "./boardMedia.js";
import { type ConstantChart, constantCharts } from "./constants.js";
import { type BoardSettings, tagFilter } from "./options.js";
import { distributions } from "./panels/distributions.js";
import { evaluations } from "./panels/evaluations.js";
import { figures } from "./panels/figures.js";
import { gradients } from "./panels/gradients.js";
import { graphs } from "./panels/graph.js";
import { histograms } from "./panels/histograms.js";
import { hparams, sweepSections } from "./panels/hparams.js";
import { images } from "./panels/images.js";
import { layerScalars } from "./panels/layerScalars.js";
import { prCurves } from "./panels/prCurves.js";
import { scalars } from "./panels/scalars.js";
import { sounds } from "./panels/sounds.js";
import { tables } from "./panels/tables.js";
import { texts } from "./panels/texts.js";
import type { PanelStyle, Section } from "./section.js";
import type { BoardRun } from "./series.js";
import type { SweepData } from "./sweepData.js";
import { layerGroups, prefixOf } from "./tagGroups.js";

/** Everything a board shows, read from files. */
export interface BoardData {
  readonly runs: readonly BoardRun[];
  readonly sweeps: readonly SweepData[];
  /** Runs of the sweeps' trials that nobody asked for, and the name of one of them. */
  readonly notDrawn?: { readonly runs: number; readonly example: string };
  /** Sentences about what is not there. */
  readonly missing?: readonly string[];
}

/** Histograms of more runs than this are shown when asked for only. */
const runsWithHistograms = 3;

export function sections(data: BoardData, settings: BoardSettings, style: PanelStyle): Section[] {
  const runs = filtered(data.runs, settings);
  return allSections(data.sweeps, runs, { settings, style, whole: runs });
}

function allSections(
  sweeps: readonly SweepData[],
  runs: readonly BoardRun[],
  given: Pick<Context, "settings" | "style" | "whole">,
): Section[] {
  const { settings, style } = given;
  const context = { ...given, constant: constants(runs, settings), sweeps: sweeps.length };
  return [
    ...sweeps.flatMap((sweep, id) => sweepSections(sweep, style, id)),
    ...kindsOf(settings).flatMap((kind) => panel(kind, runs, context)),
  ];
}

/** All but the charts of plain scalars, which a page draws itself. */
export function sectionsBesideScalars(
  data: BoardData,
  settings: BoardSettings,
  style: PanelStyle,
): Section[] {
  const whole = filtered(data.runs, settings);
  const runs = whole.map((run) => ({
    ...run,
    data: {
      ...run.data,
      scalars: new Map([...run.data.scalars].filter(([tag]) => layerGroups.includes(prefixOf(tag)))),
    },
  }));
  return allSections(data.sweeps, runs, { settings, style, whole });
}

/** The charts of scalars that one number says as well. */
export function constants(runs: readonly BoardRun[], settings: BoardSettings): ConstantChart[] {
  if (!kindsOf(settings).includes("scalars")) return [];
  return constantCharts(runs, asksForLayers(settings));
}

/** Without the series of these charts. */
export function without(charts: readonly ConstantChart[], runs: readonly BoardRun[]): readonly BoardRun[] {
  if (charts.length === 0) return runs;
  const left = new Set(charts.flatMap(({ tags: names }) => names));
  return runs.map((run) => ({
    ...run,
    data: { ...run.data, scalars: new Map([...run.data.scalars].filter(([tag]) => !left.has(tag))) },
  }));
}

/** The many series that are logged once per layer are drawn for whoever says what to draw. */
export function asksForLayers({ kinds, tags: wanted }: BoardSettings): boolean {
  return Boolean(kinds ?? wanted);
}

export function kindsOf({ kinds, picked }: BoardSettings): readonly BoardKind[] {
  return picked ?? kinds ?? ["scalars", "gradients", "histograms"];
}

/** What a page's list of kinds ticks: the few histograms that come with gradients unasked are no kind of their own. */
export function tickedKinds(settings: BoardSettings): readonly BoardKind[] {
  return (settings.picked ?? settings.kinds) ? kindsOf(settings) : ["scalars", "gradients"];
}

/** Without the tags that the expression leaves out. */
export function filtered(runs: readonly BoardRun[], settings: BoardSettings): BoardRun[] {
  if (!settings.tags) return [...runs];
  const fits = tagFilter(settings);
  const keep = <T>(map: ReadonlyMap<string, T>) => new Map([...map].filter(([tag]) => fits(tag)));
  return runs.map(({ data, media, ...run }) => ({
    ...run,
    ...(media && { media: filteredMedia(media, keep) }),
    data: {
      ...data,
      scalars: keep(data.scalars),
      histograms: keep(data.histograms),
      ...(data.system && { system: keep(data.system) }),
    },
  }));
}

type Keep = <T>(map: ReadonlyMap<string, T>) => Map<string, T>;

function filteredMedia(media: BoardMedia, keep: Keep): BoardMedia {
  const {
    texts,
    images: pictures,
    figures: drawn,
    evaluations: judged,
    prCurves: curves,
    tables: listed,
    audio,
  } = media;
  return {
    ...media,
    texts: keep(texts),
    images: keep(pictures),
    ...(drawn && { figures: keep(drawn) }),
    ...(judged && { evaluations: keep(judged) }),
    ...(curves && { prCurves: keep(curves) }),
    ...(listed && { tables: keep(listed) }),
    ...(audio && { audio: keep(audio) }),
  };
}

interface Context {
  readonly settings: BoardSettings;
  readonly style: PanelStyle;
  readonly constant: readonly ConstantChart[];
  /** The runs with all scalars that fit the filter, also those that a page draws itself: one is the runs' metric. */
  readonly whole: readonly BoardRun[];
  /** How many there are: their selections are numbered from 0. */
  readonly sweeps: number;
}

function panel(
  kind: BoardKind,
  runs: readonly BoardRun[],
  { settings, style, constant, whole, sweeps }: Context,
): Section[] {
  const asked = asksForLayers(settings);
  const { picked } = settings;
  switch (kind) {
    case "scalars": {
      const varying = without(constant, runs);
      return [
        ...scalars(varying, style),
        ...(asked ? layerScalars(varying.map(besideHeatMap(settings)), style) : []),
      ];
    }
    case "gradients":
      return [
        ...gradients(runs, style),
        ...(picked && !asked && !picked.includes("histograms") ? gradientHistograms(runs, style) : []),
      ];
    case "histograms":
      return asked || picked ? histograms(runs, style) : gradientHistograms(runs, style);
    case "distributions":
      return distributions(runs, style);
    case "hparams":
      return hparams(whole, style, { pareto: settings.pareto, id: sweeps });
    case "evaluation":
      return [...evaluations(runs, style), ...prCurves(runs, style)];
    case "images":
      return [...figures(runs, style), ...images(runs, style)];
    case "text":
      return texts(runs, style);
    case "tables":
      return tables(runs, style);
    case "audio":
      return sounds(runs, style);
    case "graph":
      return graphs(runs, style);
    case "system":
      // By the time: every run's steps are seconds.
      return scalars(runs.flatMap(asSystem), { ...style, x: style.x === "step" ? "relative" : style.x });
  }
}

/** Unasked, of few runs. */
function gradientHistograms(runs: readonly BoardRun[], style: PanelStyle): Section[] {
  return runs.length > runsWithHistograms ? [] : histograms(runs.map(onlyGradients), style);
}

/** What was measured of the machine in the place of the training's series; none where nothing was. */
function asSystem({ label, data }: BoardRun): BoardRun[] {
  return data.system ? [{ label, data: { ...data, scalars: data.system } }] : [];
}

/** Without the gradients' means, where the heat map shows them. */
function besideHeatMap(settings: BoardSettings): (run: BoardRun) => BoardRun {
  if (!kindsOf(settings).includes("gradients")) return (run) => run;
  const group = prefixOf(tags.gradientMeanAbs("layer"));
  return ({ data, ...run }) => ({
    ...run,
    data: { ...data, scalars: new Map([...data.scalars].filter(([tag]) => prefixOf(tag) !== group)) },
  });
}

/** Of the histograms those of gradients, by magnitude where there are such. */
function onlyGradients({ label, data }: BoardRun): BoardRun {
  const groups = [tags.gradientsLog10, tags.gradients].map((tag) => prefixOf(tag("layer")));
  const group = groups.find((name) => [...data.histograms.keys()].some((tag) => prefixOf(tag) === name));
  const kept = new Map([...data.histograms].filter(([tag]) => prefixOf(tag) === group));
  return { label, data: { ...data, histograms: kept } };
}
