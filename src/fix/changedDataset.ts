/** A data set with a prescription's changes; the one given stays as it is. */
import { sizeOfShape } from "../base/sizeOfShape.js";
import type { Dataset } from "../data/dataset.js";
import { rowsOf } from "../data/rowsOf.js";
import { inputRows, type Split } from "../data/split.js";
import type { Change } from "../doctor/index.js";
import { NotApplicable } from "./notApplicable.js";

type Step = (dataset: Dataset) => Dataset;

/** @throws NotApplicable if the data set has several inputs or targets, or no place for the change. */
export function changedDataset(dataset: Dataset, change: NonNullable<Change["data"]>): Dataset {
  if (dataset.train.columns)
    throw new NotApplicable("data sets of several inputs or targets are not changed by themselves");
  const step = Object.hasOwn(steps, change) ? steps[change] : undefined;
  if (!step) throw new NotApplicable(`the data set cannot be changed by "${change}"`);
  return step(dataset);
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
    const scale = scaleOf(train.y, sizeOfShape(train.targetShape));
    return onSplits(dataset, (split) => ({ ...split, y: scaled(split.y as Float32Array, scale) }));
  },
  removeLeak(dataset) {
    const known = new Set(rowKeys(dataset.train));
    return onOthers(dataset, (split) => {
      const kept = rowKeys(split).flatMap((key, row) => (known.has(key) ? [] : [row]));
      if (kept.length === 0)
        throw new NotApplicable(`every row of the ${split.name} split is in the training split too`);
      return rowsOf(split, Int32Array.from(kept));
    });
  },
};

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

/** A text for each row of inputs, equal for equal rows. */
function rowKeys(split: Split): string[] {
  const width = sizeOfShape(split.inputShape);
  return Array.from({ length: split.size }, (_, row) => {
    const values = inputRows(split, Int32Array.of(row));
    return Buffer.from(values.buffer, values.byteOffset, 4 * width).toString("latin1");
  });
}
