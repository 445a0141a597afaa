/** A sweep as a table: what a notebook and a terminal show while it runs and at its end. */
import { escapeHtml } from "../base/escapeHtml.js";
import type { MimeBundle } from "../base/host.js";
import { readableColour } from "../base/readableColour.js";
import { htmlTable, shortNumber, type Table, type TableCell, textTable } from "../base/table.js";
import { visibleControls } from "../base/visibleControls.js";
import type { ParameterValue } from "./distribution.js";
import { bestTrial, type Direction, isFinished, type TrialRecord } from "./trialRecord.js";

export interface TableInput {
  readonly name: string;
  readonly direction: Direction;
  readonly metric: string | undefined;
  readonly trials: readonly TrialRecord[];
  /** How many trials in all; Infinity when there is no limit. */
  readonly limit: number;
  /** Seconds since 1970. */
  readonly now: number;
  /** When this run of the sweep began. */
  readonly since: number;
  /** Finished trials of before, when it was resumed. */
  readonly finishedBefore: number;
  readonly parallel: number;
  /** Worker-seconds spent waiting so that the sweep repeats. */
  readonly waited: number;
  /** Set at the end, where trials printed something: the files that hold it, as a person may open them. */
  readonly printed?: readonly string[] | undefined;
  /** Set at the end: why it ended. */
  readonly endReason?: string | undefined;
}

const reasons: Readonly<Record<string, string>> = {
  trials: "all trials are done",
  exhausted: "every combination was tried",
  timeout: "the time is up",
  interrupted: "interrupted",
};

/** Rows shown; the others are counted in a last line. */
const mostRows = 60;

/** While it runs: an HTML table, and one line of text. */
export function liveBundle(input: TableInput): MimeBundle {
  return { "text/html": html(input), "text/plain": statusLine(input) };
}

/** At the end, where the table is in HTML only: the line of text, and why a trial failed. */
export function headlineBundle(input: TableInput): MimeBundle {
  const failure = firstFailure(input);
  const more = [...(failure ? [failure] : []), ...printedText(input.printed ?? [])];
  const text = [statusLine(input), ...more].join("\n");
  return { "text/html": html(input), "text/plain": text };
}

/** At the end: the whole table in both forms. */
export function finalBundle(input: TableInput): MimeBundle {
  return { "text/html": html(input), "text/plain": `${statusLine(input)}\n${plain(input)}` };
}

/** `mnist-mlp: 7 of 30 trials, 2 running · best valAccuracy 0.9713 (#4) · about 1:20 left` */
export function statusLine(input: TableInput): string {
  const { name, trials, limit, direction, metric = "value", waited, parallel, now, since, endReason } = input;
  const count = (state: TrialRecord["state"]) => trials.filter((trial) => trial.state === state).length;
  const finished = trials.filter(isFinished).length;
  const best = bestTrial(trials, direction);
  const parts = [
    `${name}: ${Number.isFinite(limit) ? `${finished} of ${trialsText(limit)}` : trialsText(finished)}`,
    ...(["running", "pruned", "failed", "interrupted"] as const)
      .filter((state) => count(state) > 0)
      .map((state) => `${count(state)} ${state}`),
  ];
  const sentences = [parts.join(", ")];
  if (best) sentences.push(`best ${metric} ${shortNumber(best.value)} (#${best.number})`);
  if (endReason === undefined) sentences.push(...remaining(input, finished));
  else sentences.push(`ended after ${duration(now - since)}: ${reasons[endReason] ?? endReason}`);
  if (waited >= 0.05 * (now - since) * parallel && waited >= 1)
    sentences.push(`workers waited ${duration(waited)} to stay repeatable`);
  return sentences.join(" · ");
}

/** `1 trial`, `7 trials`. */
function trialsText(count: number): string {
  return `${count} trial${count === 1 ? "" : "s"}`;
}

function remaining({ limit, now, since, finishedBefore }: TableInput, finished: number): string[] {
  const done = finished - finishedBefore;
  if (done === 0 || !Number.isFinite(limit)) return [`${duration(now - since)} so far`];
  return [`about ${duration(((now - since) / done) * (limit - finished))} left`];
}

/** Seconds as `4.2 s`, `1:05` or `2:00:07`. */
export function duration(seconds: number): string {
  if (seconds < 59.95) return `${Math.max(0, seconds).toFixed(1)} s`;
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, i) => (i === 0 ? String(part) : String(part).padStart(2, "0"))).join(":");
}

/** The colour of a row says how its trial stands; complete ones have the page's. */
const colours: Readonly<Partial<Record<TrialRecord["state"], string>>> = {
  running: "#1f77b4",
  pruned: "#767676",
  failed: "#c0392b",
  interrupted: "#96610b",
};

interface ShownTable extends Table {
  readonly hidden: number;
}

function tableOf({ trials, direction, metric = "value", now }: TableInput): ShownTable {
  const best = bestTrial(trials, direction);
  const names = [...new Set(trials.flatMap((trial) => Object.keys(trial.params)))];
  const shown = chooseRows(trials, best);
  return {
    header: ["#", "state", metric, "step", ...names, "time", "worker"],
    right: ["time"],
    hidden: trials.length - shown.length,
    rows: shown.map((trial) => [
      trial.number,
      trial === best ? "best" : trial.state,
      latestValue(trial),
      trial.intermediate.at(-1)?.[0],
      ...names.map((name) => cellOf(trial.params[name])),
      duration((trial.end ?? now) - trial.start),
      trial.worker,
    ]),
    marks: shown.map((trial) => ({
      style: rowStyle(trial.state, trial === best),
      ...(trial.error === undefined ? {} : { title: trial.error }),
    })),
  };
}

function rowStyle(state: TrialRecord["state"], isBest: boolean): string {
  const hue = colours[state];
  return [...(hue ? [readableColour(hue)] : []), ...(isBest ? ["font-weight:bold"] : [])].join(";");
}

/** Of many trials the latest and, should it be older, the best. */
function chooseRows(trials: readonly TrialRecord[], best: TrialRecord | undefined): readonly TrialRecord[] {
  if (trials.length <= mostRows) return trials;
  const latest = trials.slice(-mostRows + 1);
  return best && !latest.includes(best) ? [best, ...latest] : latest;
}

/** The value, or the last report; undefined before the first. */
function latestValue({ value, intermediate }: TrialRecord): number | undefined {
  return Number.isNaN(value) ? intermediate.at(-1)?.[1] : value;
}

function cellOf(value: ParameterValue | undefined): TableCell {
  return value === undefined || typeof value === "number" ? value : String(value);
}

/**
 * Why the first failed trial failed: `trial 2 failed: …`. The others may have their own reasons. Of a sweep that ended by it
 * nothing: whoever started it is told in an error of its own.
 */
function firstFailure({ trials, endReason }: TableInput): string | undefined {
  if (endReason === "failed") return undefined;
  const failed = trials.find((trial) => trial.error !== undefined);
  return failed && `trial ${failed.number} ${failed.state}: ${failed.error?.split("\n", 1)[0]}`;
}

/** What stands below the table. */
function remarks(input: TableInput, hidden: number): string[] {
  const { printed = [] } = input;
  const failure = firstFailure(input);
  return [
    ...(hidden > 0 ? [`… and ${hidden} earlier trial${hidden === 1 ? "" : "s"}`] : []),
    ...(failure ? [failure] : []),
    ...printedText(printed),
  ];
}

function printedText(files: readonly string[]): string[] {
  return files.length === 0 ? [] : [`what the trials printed: ${files.join(", ")}`];
}

function plain(input: TableInput): string {
  const table = tableOf(input);
  return [textTable(table), ...remarks(input, table.hidden).map(visibleControls)].join("\n");
}

function html(input: TableInput): string {
  const table = tableOf(input);
  const more = remarks(input, table.hidden)
    .map((remark) => `<p>${escapeHtml(remark)}</p>`)
    .join("");
  return `<div class="tunelab-sweep"><p>${escapeHtml(statusLine(input))}</p>${htmlTable(table)}${more}</div>`;
}
