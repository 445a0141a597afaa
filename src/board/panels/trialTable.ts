/** Trials, or runs seen as such, as a table: what each was given and what it reached, the best first. */
import type { Table, TableCell } from "../../base/table.js";
import type { CardContent } from "../cardContent.js";
import { duration, secondMetric } from "../secondMetric.js";
import type { PanelStyle, Section } from "../section.js";
import type { SweepData, TrialPoint } from "../sweepData.js";
import { trialNoun } from "../trialNoun.js";
import { tableCard } from "./tableCard.js";
import { nameOf } from "./trialTexts.js";

/** Of a table on a page, and of one in a chart. */
const most = { page: 1000, chart: 12 } as const;

/** Those without a value stand last, in the order of their numbers. */
export function trialTable({ trials, ...sweep }: SweepData, length: number): Table {
  const { second, importances = {}, direction, metric } = sweep;
  const sign = direction === "minimize" ? 1 : -1;
  const rank = ({ value }: TrialPoint) => (Number.isFinite(value) ? sign * value : Number.POSITIVE_INFINITY);
  const shown = [...trials].sort((a, b) => compare(rank(a), rank(b)) || a.number - b.number).slice(0, length);
  const isOfRuns = trialNoun(trials) === "runs";
  const hasSecond = second !== undefined && trials.some((trial) => trial.second !== undefined);
  const asked = [...new Set(trials.flatMap(({ params }) => Object.keys(params)))];
  const weight = (name: string) => (Object.hasOwn(importances, name) ? (importances[name] as number) : -1);
  const names = asked.sort((a, b) => weight(b) - weight(a));
  const isTime = second?.title === secondMetric({ name: duration }).title;
  return {
    ...(isTime && { seconds: [duration] }),
    header: [
      isOfRuns ? "run" : "trial",
      // The best stand first: an arrow here would be taken for the order that a page's reader chose.
      metric,
      ...(hasSecond ? [isTime ? duration : second.title] : []),
      ...(isOfRuns ? [] : ["state"]),
      ...names,
    ],
    rows: shown.map((trial) => [
      isOfRuns ? nameOf(trial) : trial.number,
      Number.isNaN(trial.value) ? undefined : trial.value,
      ...(hasSecond ? [trial.second] : []),
      ...(isOfRuns ? [] : [trial.state]),
      ...names.map((name) => cellOf(trial.params[name])),
    ]),
  };
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function cellOf(value: unknown): TableCell {
  return value === undefined || typeof value === "number" ? value : String(value);
}

/** On a page a table that can be sorted; in a chart its best rows. None of nothing. */
export function trialTableSection(sweep: SweepData, style: PanelStyle): Section[] {
  const { trials, name } = sweep;
  if (trials.length === 0) return [];
  const what = trialNoun(trials);
  const title = `table of ${what}`;
  const note = (drawn: number) =>
    trials.length > drawn
      ? `the best ${drawn} of ${trials.length.toLocaleString("en-US")} ${what}`
      : undefined;
  const content: CardContent = {
    kind: "table",
    title,
    note: note(most.page),
    table: trialTable(sweep, most.page),
  };
  const card = tableCard(trialTable(sweep, most.chart), { title, note: note(most.chart) }, style);
  return [
    { title: what === name ? title : `${title} of ${name}`, columns: 1, cards: [card], contents: [content] },
  ];
}
