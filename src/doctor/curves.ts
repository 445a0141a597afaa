/** What the curves of a run say of the data and the rate behind them: sizes, guessing, the loss before training, rises of the rate. */
import { tags } from "../base/tags.js";
import type { RunView } from "./runView.js";
import { mean } from "./statistics.js";

/** Rows of a window over which the losses of steps are averaged: one of a few rows says little, of a regression less. */
const windowRows = { classification: 32, regression: 64 } as const;
const usualBatch = 32;

/** Rows that validation measures: as recorded, else the fewest of which all accuracies are shares. */
export function validationSize(run: RunView): number | undefined {
  return run.data?.record.sizes.validation ?? denominator(run.epochs("valAccuracy"));
}

/** Rows of an epoch, in the same way. */
export function trainSize(run: RunView): number | undefined {
  const { trainSize: recorded } = run.run.record.config;
  return typeof recorded === "number" ? recorded : denominator(run.epochs("accuracy"));
}

const mostRows = 1e5;

/** Smallest n by which all are whole numbers, to the rounding of float32. */
function denominator(shares: readonly number[]): number | undefined {
  const parts = [...new Set(shares)].filter((share) => share > 0 && share < 1);
  if (parts.length < 3) return undefined;
  for (let n = 2; n <= mostRows; n++) {
    const near = 1e-6 * n + 1e-4;
    if (near > 0.1) return undefined;
    if (parts.every((share) => Math.abs(share * n - Math.round(share * n)) < near)) return n;
  }
  return undefined;
}

/** As a run that classifies has. */
export function hasAccuracy(run: RunView): boolean {
  return run.epochs("accuracy").length + run.epochs("valAccuracy").length > 0;
}

/** Classes of the one output; undefined where nothing is classified or the record holds no model. */
export function classesOf(run: RunView): number | undefined {
  const units = run.run.record.model?.layers.findLast((layer) => layer.units !== undefined)?.units;
  if (!hasAccuracy(run) || units === undefined) return undefined;
  return Math.max(2, units);
}

/** The cross-entropy of guessing all classes alike, ln(classes); undefined for other losses. */
export function guessingLoss(run: RunView): number | undefined {
  const classes = classesOf(run);
  const { loss } = run.run.record.config;
  return classes !== undefined && typeof loss === "string" && /cross.?entropy/i.test(loss)
    ? Math.log(classes)
    : undefined;
}

export interface LossWindow {
  readonly loss: number;
  /** Its last step. */
  readonly step: number;
}

/**
 * The finite losses of steps behind the first update, averaged over 32 rows (64 of a regression); a step is the least. Losses that
 * are NaN or infinite at the end are a window with what there is before them: such a run has no more.
 */
export function lossWindows(run: RunView): LossWindow[] {
  const series = run.series(tags.train("loss"));
  if (!series) return [];
  const width = windowSteps(run);
  const windows: LossWindow[] = [];
  for (let from = 1; from < series.values.length; from += width) {
    const losses = series.values.subarray(from, from + width);
    const finite = [...losses.filter(Number.isFinite)];
    const isWhole = losses.length === width || !Number.isFinite(losses.at(-1));
    if (isWhole && finite.length > 0)
      windows.push({ loss: mean(finite), step: series.steps[from + losses.length - 1] as number });
  }
  return windows;
}

function windowSteps(run: RunView): number {
  const rows = windowRows[hasAccuracy(run) ? "classification" : "regression"];
  return Math.max(1, Math.round(rows / batchSizeOf(run)));
}

/** 32 where it was not recorded. */
export function batchSizeOf(run: RunView): number {
  const { batchSize } = run.run.record.config;
  return typeof batchSize === "number" && batchSize > 0 ? batchSize : usualBatch;
}

/**
 * The loss before training: the first step's, or of a window of steps where guessing tells nothing, which holds steps that were
 * thrown already; else the first epoch's; and at least that of guessing, which is the variance of a regression's targets.
 * Undefined where no loss was logged.
 */
export function lossAtStart(run: RunView): number | undefined {
  const guess = guessingLoss(run) ?? targetVariance(run);
  const steps = run.series(tags.train("loss"))?.values;
  const width = guess === undefined ? windowSteps(run) : 1;
  const start = steps ? mean([...steps.subarray(0, width)]) : run.epochs("loss")[0];
  return start !== undefined && Number.isFinite(start) ? Math.max(start, guess ?? start) : undefined;
}

/** What always answering with the mean costs; undefined but of squared errors of one kind of targets. */
export function targetVariance(run: RunView): number | undefined {
  const targets = run.data?.record.targets ?? [];
  const [target] = targets;
  if (target?.kind !== "values" || targets.length > 1) return undefined;
  if (run.run.record.config.loss !== "meanSquaredError") return undefined;
  return mean(target.columns.map(({ std }) => std ** 2));
}

/** By how much a rate must grow for it to be the schedule's doing what follows, such as a warm restart. */
const rise = 1.2;

/** The epochs, from 1, in which the rate is higher than at the end of the one before, or than in the one before that. */
export function epochsOfRise(run: RunView): Set<number> {
  const highest = ratesByEpoch(run);
  const found = new Set<number>();
  highest.forEach((rate, i) => {
    const before = highest[i - 1];
    if (before === undefined || !(rate.highest > rise * before.last)) return;
    found.add(i + 1).add(i + 2);
  });
  return found;
}

/** The last rate of an epoch, from 1; undefined where it is not known. */
export function rateAtEndOf(run: RunView, epoch: number): number | undefined {
  return ratesByEpoch(run)[epoch - 1]?.last;
}

function ratesByEpoch(run: RunView): { readonly highest: number; readonly last: number }[] {
  const rates = run.series(tags.learningRate)?.values;
  const epochs = run.epochs("loss").length;
  if (!rates || epochs === 0 || rates.length < epochs) return [];
  const perEpoch = rates.length / epochs;
  return Array.from({ length: epochs }, (_, i) => {
    const of = rates.subarray(Math.round(i * perEpoch), Math.round((i + 1) * perEpoch));
    return { highest: of.reduce((most, rate) => Math.max(most, rate), 0), last: of.at(-1) as number };
  });
}
