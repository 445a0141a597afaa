/** A data set with a prescription's changes; the one given stays as it is. */
import { sizeOfShape } from "../base/sizeOfShape.js";
import type { Dataset } from "../data/dataset.js";
import { rowsOf } from "../data/rowsOf.js";
import type { Split } from "../data/split.js";
import type { DataStep } from "./changes.js";
import { NotApplicable } from "./notApplicable.js";
import { withoutLeak } from "./withoutLeak.js";

type Step = (dataset: Dataset) => Dataset;

/** @throws NotApplicable if the data set has several inputs or targets, or no place for the change. */
export function changedDataset(dataset: Dataset, change: DataStep): Dataset {
  if (dataset.train.columns)
    throw new NotApplicable("data sets of several inputs or targets are not changed by themselves");
  if (typeof change === "object")
    return "removeRows" in change
      ? withoutRows(dataset, change.removeRows)
      : blanked(dataset, change.blankInputs);
  const step = Object.hasOwn(steps, change) ? steps[change] : undefined;
  if (!step) throw new NotApplicable(`the data set cannot be changed by "${change}"`);
  return step(dataset);
}

/** Less than this share of the training rows is not what a person meant by the data set. */
const leastLeft = 0.4;

function withoutRows(dataset: Dataset, rows: readonly number[]): Dataset {
  const { train } = dataset;
  const out = new Set(rows);
  const kept = Array.from({ length: train.size }, (_, row) => row).filter((row) => !out.has(row));
  if (kept.length < leastLeft * train.size)
    throw new NotApplicable(`it would leave ${kept.length} of ${train.size} training rows`);
  return { ...dataset, train: rowsOf(train, Int32Array.from(kept)) };
}

/** Inputs that are 0 everywhere are as good as left out, and the model keeps its shape. */
function blanked(dataset: Dataset, places: readonly number[]): Dataset {
  const width = sizeOfShape(dataset.train.inputShape);
  const out = new Set(places);
  return onSplits(dataset, (split) => ({
    ...split,
    x: split.x.map((value, i) => (out.has(i % width) ? 0 : value)),
  }));
}

const steps: Readonly<Record<string, Step>> = {
  normalize(dataset) {
    const { train } = dataset;
    const scale = scaleOf(train.x, channelsOf(train.inputShape));
    return onSplits(dataset, (split) => ({ ...split, x: scaled(split.x, scale) }));
  },
  normalizeTarget(dataset) {
    const { train, classes } = dataset;
    if (classes !== undefined || train.y instanceof Int32Array)
      throw new NotApplicable("labels have no scale to bring to a mean of 0");
    const scale = targetScale(train as ValuesSplit);
    return onSplits(dataset, (split) => ({ ...split, y: scaled(split.y as Float32Array, scale) }));
  },
  removeLeak: withoutLeak,
};

/**
 * What such steps divide each column of the targets by, since the one that scales them sees what those before it left;
 * undefined where none does.
 */
export function targetDeviations(dataset: Dataset, data: readonly DataStep[]): ArrayLike<number> | undefined {
  const at = data.indexOf("normalizeTarget");
  if (at < 0) return undefined;
  const { train } = data.slice(0, at).reduce(changedDataset, dataset);
  return targetScale(train as ValuesSplit).deviation.map((deviation) => deviation || 1);
}

type ValuesSplit = Split & { readonly y: Float32Array };

function targetScale({ y, targetShape }: ValuesSplit): Scale {
  return scaleOf(y, sizeOfShape(targetShape));
}

interface Scale {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/** Columns of a table have a scale each; of pictures and series the last axis has, if it is that of a few channels. */
function channelsOf(inputShape: readonly number[]): number {
  const last = inputShape.at(-1) ?? 1;
  return inputShape.length <= 1 ? sizeOfShape(inputShape) : last <= 4 ? last : 1;
}

function scaleOf(values: Float32Array, columns: number): Scale {
  const mean = new Float64Array(columns);
  const deviation = new Float64Array(columns);
  const rows = values.length / columns;
  for (let i = 0; i < values.length; i++) mean[i % columns]! += values[i]! / rows;
  for (let i = 0; i < values.length; i++) deviation[i % columns]! += (values[i]! - mean[i % columns]!) ** 2;
  for (let k = 0; k < columns; k++) deviation[k] = Math.sqrt(deviation[k]! / rows);
  return { mean, deviation };
}

/** A column that is the same everywhere becomes 0. */
function scaled(values: Float32Array, { mean, deviation }: Scale): Float32Array {
  const columns = mean.length;
  return values.map((value, i) => (value - mean[i % columns]!) / (deviation[i % columns]! || 1));
}

function onSplits(dataset: Dataset, change: (split: Split) => Split): Dataset {
  return onOthers({ ...dataset, train: change(dataset.train) }, change);
}

function onOthers(dataset: Dataset, change: (split: Split) => Split): Dataset {
  const { validation, test } = dataset;
  return {
    ...dataset,
    validation: validation && change(validation),
    test: test && change(test),
  };
}
