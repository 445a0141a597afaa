/** Which runs, tags and panels make a board. */
import { tags } from "../base/tags.js";
import type { RunData } from "../track/runData.js";
import type { BoardKind, BoardSettings } from "./options.js";
import { distributions } from "./panels/distributions.js";
import { gradients } from "./panels/gradients.js";
import { histograms } from "./panels/histograms.js";
import { hparams, sweepSections } from "./panels/hparams.js";
import { layerScalars } from "./panels/layerScalars.js";
import { scalars } from "./panels/scalars.js";
import type { PanelStyle, Section } from "./section.js";
import type { BoardRun } from "./series.js";
import type { SweepData } from "./sweepData.js";
import { prefixOf } from "./tagGroups.js";

/** Everything a board shows, read from files. */
export interface BoardData {
  readonly runs: readonly BoardRun[];
  readonly sweeps: readonly SweepData[];
}

/** Histograms of more runs than this are shown when asked for only. */
const runsWithHistograms = 3;

export function sections(data: BoardData, settings: BoardSettings, style: PanelStyle): Section[] {
  const runs = filtered(data.runs, settings);
  return [
    ...data.sweeps.flatMap((sweep) => sweepSections(sweep, style)),
    ...kindsOf(settings).flatMap((kind) => panel(kind, runs, { settings, style })),
  ];
}

function kindsOf({ kinds }: BoardSettings): readonly BoardKind[] {
  return kinds ?? ["scalars", "gradients", "histograms"];
}

/** Without the tags that the expression leaves out. */
export function filtered(runs: readonly BoardRun[], { tags: wanted }: BoardSettings): BoardRun[] {
  if (!wanted) return [...runs];
  const expression = new RegExp(wanted.source, wanted.flags);
  const keep = <T>(map: ReadonlyMap<string, T>) => new Map([...map].filter(([tag]) => expression.test(tag)));
  return runs.map(({ label, data }) => ({
    label,
    data: { ...data, scalars: keep(data.scalars), histograms: keep(data.histograms) },
  }));
}

interface Context {
  readonly settings: BoardSettings;
  readonly style: PanelStyle;
}

function panel(kind: BoardKind, runs: readonly BoardRun[], { settings, style }: Context): Section[] {
  const asked = Boolean(settings.kinds ?? settings.tags);
  switch (kind) {
    case "scalars":
      return [
        ...scalars(runs, style),
        ...(asked ? layerScalars(runs.map(besideHeatMap(settings)), style) : []),
      ];
    case "gradients":
      return gradients(runs, style);
    case "histograms":
      if (asked) return histograms(runs, style);
      return runs.length > runsWithHistograms ? [] : histograms(runs.map(onlyGradients), style);
    case "distributions":
      return distributions(runs, style);
    case "hparams":
      return hparams(runs, style);
  }
}

/** Without the gradients' means, where the heat map shows them. */
function besideHeatMap(settings: BoardSettings): (run: BoardRun) => BoardRun {
  if (!kindsOf(settings).includes("gradients")) return (run) => run;
  const group = prefixOf(tags.gradientMeanAbs("layer"));
  return ({ label, data }) => ({
    label,
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

/** A sentence about what the board holds no more than the files do: missing points, unreadable parts. */
export function remarks({ runs }: BoardData, settings: BoardSettings): string[] {
  const shown = filtered(runs, settings);
  const empty = shown.filter(({ data }) => data.scalars.size === 0 && data.histograms.size === 0);
  const tag = settings.tags ? ` that fit ${settings.tags.source}` : " yet";
  return [
    ...(empty.length > 0 ? [`No points${tag}: ${empty.map((run) => run.label).join(", ")}.`] : []),
    ...runs.flatMap(({ label, data }) => problemsOf(label, data)),
  ];
}

function problemsOf(label: string, data: RunData): string[] {
  const bad = data.problems.filter((problem) => problem.kind !== "truncated");
  return bad.length === 0
    ? []
    : [`${label}: ${bad.length} parts of its files could not be read, first ${bad[0]?.message}.`];
}
