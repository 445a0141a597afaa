/** A board in plain text, for terminals and logs: a line a series with a sparkline. */

import type { BoardKind } from "../base/boardKinds.js";
import { extremes } from "../base/extremes.js";
import { shortNumber, type TableCell, textTable } from "../base/table.js";
import { visibleControlsInLines } from "../base/visibleControls.js";
import { withoutOverwritten } from "../track/withoutOverwritten.js";
import { type BoardData, constants, filtered, without } from "./content.js";
import { layerTags } from "./layers.js";
import { mediaText } from "./mediaText.js";
import type { BoardSettings } from "./options.js";
import { runsAsSweep } from "./panels/runsAsSweep.js";
import { trialTable } from "./panels/trialTable.js";
import { asksForVerdicts, remarks } from "./remarks.js";
import { smooth, smoothingOf } from "./smooth.js";
import { bestPoint, type SweepData } from "./sweepData.js";
import { layerGroups, prefixOf } from "./tagGroups.js";
import { countStates } from "./trialLooks.js";
import { verdictLine } from "./verdicts.js";
import { withoutClock } from "./withoutClock.js";

const levels = "▁▂▃▄▅▆▇█";
const sparkWidth = 24;
const longest = 120;
const mostVerdicts = 40;
const mostRuns = 40;

export function boardText(data: BoardData, settings: BoardSettings): string {
  const parts = [
    ...data.sweeps.map(sweepText),
    asks(settings, "scalars") ? scalarsText(data, settings) : "",
    asks(settings, "gradients") ? gradientText(data, settings) : "",
    asksForVerdicts(settings) ? verdictText(data) : "",
    settings.kinds?.includes("hparams") ? runsText(data, settings) : "",
    mediaText(filtered(data.runs, settings)),
    [...remarks(data, settings), ...onlyDrawn(settings)].join("\n"),
  ];
  return visibleControlsInLines(parts.filter((part) => part !== "").join("\n\n")) || "nothing to show";
}

/** What is asked for and nothing else; without a word of it scalars and gradients, as the charts do. */
function asks({ kinds }: BoardSettings, kind: BoardKind): boolean {
  return kinds?.includes(kind) ?? true;
}

const withoutText: readonly BoardKind[] = ["histograms", "distributions", "system"];

/** A sentence where only kinds were asked for that text cannot show. */
function onlyDrawn({ kinds = [] }: BoardSettings): string[] {
  const drawn = kinds.filter((kind) => withoutText.includes(kind));
  if (drawn.length === 0 || drawn.length < kinds.length) return [];
  return [`Charts of ${drawn.join(", ")} are drawn in a notebook and on a page: --html FILE writes one.`];
}

function scalarsText(data: BoardData, settings: BoardSettings): string {
  const all = filtered(data.runs, settings);
  const runs = without(constants(all, settings), all);
  const perLayer = (tag: string) => layerGroups.includes(prefixOf(tag)) && settings.tags === undefined;
  const names = [...new Set(runs.flatMap((run) => [...run.data.scalars.keys()]))]
    .filter((tag) => !perLayer(tag))
    .sort();
  const rows = names.flatMap((tag) =>
    runs.flatMap(({ label, data: { scalars } }) => {
      const found = scalars.get(tag);
      if (!found || found.values.length === 0) return [];
      const series = withoutOverwritten(found);
      const { values } = series;
      const smoothed = smooth(values, smoothingOf(settings.smoothing, series));
      const [low, high] = rangeOf(values);
      return [[tag, label, values.at(-1), low, high, values.length, sparkline(smoothed)]];
    }),
  );
  if (rows.length === 0) return "";
  const shown = rows.slice(0, longest);
  const table = textTable({ header: ["tag", "run", "last", "min", "max", "points", ""], rows: shown });
  return rows.length > shown.length ? `${table}\n… ${rows.length - shown.length} more series` : table;
}

/** What each run was configured to and reached. */
function runsText(data: BoardData, settings: BoardSettings): string {
  const found = runsAsSweep(filtered(data.runs, settings), settings.pareto);
  if (!found) return "";
  const sweep = settings.pareto ? found : withoutClock(found);
  const { length } = sweep.trials;
  const table = textTable(trialTable(sweep, mostRuns));
  return length > mostRuns ? `${table}\n… ${length - mostRuns} more runs` : table;
}

/** How much of the gradient reaches each layer at the end of the run. */
function gradientText(data: BoardData, settings: BoardSettings): string {
  const group = layerGroups[0] as string;
  return filtered(data.runs, settings)
    .flatMap(({ label, data: run }) => {
      const layers = layerTags(run, group, run.scalars.keys());
      if (layers.length === 0) return [];
      const last = layers.map(
        ({ tag, label: layer }) =>
          `${layer} ${shortNumber(run.scalars.get(tag)?.values.at(-1) ?? Number.NaN)}`,
      );
      return [`mean |g| of ${label}, input side first: ${last.join(" · ")}`];
    })
    .join("\n");
}

/** What the doctor says, the runs in their order. */
function verdictText({ runs }: BoardData): string {
  const lines = runs.flatMap(({ label, verdicts = [] }) => verdicts.map((one) => verdictLine(label, one)));
  const shown = lines.slice(0, mostVerdicts);
  const more =
    lines.length > shown.length ? [`… ${lines.length - shown.length} more verdicts: ask the doctor`] : [];
  return [...shown, ...more].join("\n");
}

function sweepText(sweep: SweepData): string {
  const best = bestPoint(sweep);
  const { length } = sweep.trials;
  const states = length > 0 ? ` (${countStates(sweep.trials)})` : "";
  const head = `sweep ${sweep.name}: ${length} ${length === 1 ? "trial" : "trials"}${states}, ${sweep.direction} ${sweep.metric}`;
  const names = [...new Set(sweep.trials.flatMap((trial) => Object.keys(trial.params)))];
  const better = sweep.direction === "maximize" ? -1 : 1;
  const rows = sweep.trials
    .filter((trial) => Number.isFinite(trial.value))
    .sort((a, b) => Number(b === best) - Number(a === best) || better * (a.value - b.value))
    .slice(0, 10)
    .map((trial) => [
      `${trial.number}${trial === best ? " *" : ""}`,
      trial.state,
      trial.value,
      ...names.map((name) => cellOf(trial.params[name])),
      sparkline(Float64Array.from(trial.intermediate, ([, v]) => v)),
    ]);
  return rows.length === 0
    ? head
    : `${head}\n${textTable({ header: ["trial", "state", sweep.metric, ...names, ""], rows })}`;
}

/** Means of equal stretches on eight levels; a gap where nothing is finite. */
export function sparkline(values: Float64Array): string {
  const width = Math.min(sparkWidth, values.length);
  const means = Array.from({ length: width }, (_, i) => {
    const part = values.slice(
      Math.floor((i * values.length) / width),
      Math.floor(((i + 1) * values.length) / width),
    );
    const finite = part.filter(Number.isFinite);
    // From the first value on, so that the mean of equal values is that value.
    const first = finite[0] ?? Number.NaN;
    return finite.reduce((mean, v) => mean + (v / finite.length - first / finite.length), first);
  });
  const finite = means.filter(Number.isFinite);
  const [low, high] = extremes(finite);
  return means
    .map((mean) => {
      if (!Number.isFinite(mean)) return " ";
      const share = high > low ? (mean / 2 - low / 2) / (high / 2 - low / 2) : 0.5;
      return levels[Math.min(7, Math.floor(share * 8))];
    })
    .join("");
}

/** Of the finite values; of infinite ones where there are no others; of NaN alone there is none. */
function rangeOf(values: Float64Array): [TableCell, TableCell] {
  const finite = values.filter(Number.isFinite);
  const told = finite.length > 0 ? finite : values.filter((value) => !Number.isNaN(value));
  return told.length > 0 ? extremes(told) : [undefined, undefined];
}

function cellOf(value: unknown): TableCell {
  return value === undefined || typeof value === "number" ? value : String(value);
}
