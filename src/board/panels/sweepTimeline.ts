/** Who worked when: a bar a trial, a row a worker. */
import { extremes } from "../../base/extremes.js";
import { shortNumber } from "../../base/table.js";
import { plainLabels } from "../axisLabels.js";
import { type Cell, inlineData, pick, type Spec } from "../inlineData.js";
import { edge } from "../look.js";
import { chartTitle, type PanelStyle } from "../section.js";
import type { SweepData, TrialPoint } from "../sweepData.js";
import { countStates, trialLooks, trialStates } from "../trialLooks.js";
import { parametersOf } from "./trialTexts.js";

type Timed = TrialPoint & { readonly start: number; readonly end: number };

const rowHeight = 24;
/** What is told of their parameters is left out before any of them is. */
const mostBars = 2000;

/** Undefined where no trial has times, as in runs that are seen as a sweep. */
export function workersTimeline(sweep: SweepData, style: PanelStyle): Spec | undefined {
  const all = sweep.trials.filter((trial) => trial.start !== undefined && trial.end !== undefined);
  if (all.length === 0) return undefined;
  // Leaving out some between others would look like workers at rest.
  const timed = all.slice(-mostBars) as Timed[];
  const note = timed.length < all.length ? `the last ${mostBars} of ${all.length} trials` : undefined;
  const told = style.interactive && timed.length <= style.points * 3;
  const [began] = extremes((all as Timed[]).map(({ start }) => start));
  const [, ended] = extremes((all as Timed[]).map(({ end }) => end));
  const unit = unitOf(ended - began);
  const at = (time: number) => (time - began) / unit.seconds;
  const workers = [...new Set(timed.map(nameOfWorker))].sort((a, b) =>
    a.localeCompare(b, "en", { numeric: true }),
  );
  const states = trialStates.filter((state) => timed.some((trial) => trial.state === state));
  const rows = timed.map((trial): Cell[] => [
    trial.number,
    workers.indexOf(nameOfWorker(trial)),
    at(trial.start),
    at(trial.end),
    states.indexOf(trial.state),
    trial.value,
    ...(told ? [parametersOf(trial)] : []),
  ]);
  const { label } = unit;
  return {
    title: { ...chartTitle("timeline of workers", note), limit: style.row },
    description: `Gantt chart of ${all.length} trials on ${workers.length} workers (${countStates(all)}), over ${shortNumber(at(ended))} ${label}`,
    width: style.row - 90,
    height: Math.max(40, workers.length * rowHeight),
    data: inlineData(
      {
        n: "number",
        w: "number",
        a: "number",
        b: "number",
        s: "number",
        v: "number",
        ...(told ? { p: "string" as const } : {}),
      },
      rows,
    ),
    transform: [
      { calculate: pick(workers, "w"), as: "worker" },
      { calculate: pick(states, "s"), as: "state" },
      { calculate: "datum.b - datum.a", as: "took" },
    ],
    mark: {
      type: "bar",
      style: edge,
      strokeWidth: 0.6,
      height: rowHeight - 8,
      minBandSize: 1,
      cornerRadius: 1.5,
    },
    encoding: {
      y: {
        field: "worker",
        type: "nominal",
        title: null,
        sort: workers,
        axis: { ticks: false, domain: false, labelLimit: 80 },
      },
      x: {
        field: "a",
        type: "quantitative",
        title: `${label} since the first trial began`,
        scale: { nice: false, zero: true },
        axis: { ...plainLabels, tickCount: 8 },
      },
      x2: { field: "b" },
      color: {
        field: "state",
        type: "nominal",
        scale: { domain: states, range: states.map((state) => trialLooks[state].colour) },
        legend: { title: null, orient: "top" },
      },
      ...(style.interactive ? { tooltip: tooltipOf(sweep.metric, label, told) } : {}),
    },
  };
}

function tooltipOf(metric: string, unit: string, told: boolean): Spec[] {
  return [
    { field: "n", title: "trial", type: "quantitative" },
    { field: "state" },
    { field: "worker" },
    { field: "v", title: metric, type: "quantitative", format: ".7~g" },
    { field: "took", title: `took (${unit})`, type: "quantitative", format: ".3~g" },
    ...(told ? [{ field: "p", title: "parameters" }] : []),
  ];
}

function nameOfWorker({ worker }: TrialPoint): string {
  return worker === undefined ? "no worker" : `worker ${worker}`;
}

/** The unit in which a time of so many seconds has few digits. */
export function unitOf(seconds: number): { readonly label: string; readonly seconds: number } {
  if (seconds < 180) return { label: "seconds", seconds: 1 };
  return seconds < 3 * 3600 ? { label: "minutes", seconds: 60 } : { label: "hours", seconds: 3600 };
}
