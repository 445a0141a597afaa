/** What a run keeps of its data: statistics of inputs and targets, rows of each class, a hash of each row. */
import {
  type ClassCounts,
  type DataRecord,
  dataSchemaVersion,
  type InputRecord,
  type RowHashes,
  type SplitName,
  splitNames,
  type TargetRecord,
  type ValuesRecord,
} from "../../base/dataRecord.js";
import { type Deadline, OutOfTime } from "../../base/deadline.js";
import { sizeOfShape } from "../../base/sizeOfShape.js";
import type { Column, TargetColumn } from "../columns.js";
import { bytesOf, gatherRows, inputRows, type Split } from "../split.js";
import { targetColumns } from "../targetColumns.js";
import { classDependence } from "./classDependence.js";
import { columnStatistics } from "./columnStatistics.js";
import { hashesOf } from "./hashesOf.js";
import { sampledRows } from "./sampledRows.js";

/** Values that statistics are made of, of each input and target; at least `leastRows` rows. */
const mostValues = 524_288;
const leastRows = 64;
const mostColumns = 256;
const mostClasses = 1000;
const mostRows = 4_194_304;

export interface RecordedSplits {
  readonly dataset: string;
  /** Of a data set with one target. */
  readonly classes: number | undefined;
  /** Of its classes. */
  readonly classNames?: readonly string[] | undefined;
  readonly train: Split;
  readonly validation: Split | undefined;
  readonly test: Split | undefined;
}

export interface DataToKeep {
  readonly record: DataRecord;
  /** Empty where there are too many rows. */
  readonly hashes: RowHashes;
  /** 32-bit words of a row that its hash is of, and how many a row has. */
  readonly words: { readonly hashed: number; readonly of: number };
}

/**
 * Looks at the data once. Statistics are those of the training split: of up to 524,288 values of each input, else of
 * a sample of rows that is always the same. Hashes are of all rows, up to 4,194,304.
 *
 * @param deadline where there is one: hashes that there was no time for are left out, as `noHashes` says
 * @throws OutOfTime if there is not even time for the statistics
 */
export function recordData(given: RecordedSplits, deadline?: Deadline): DataToKeep {
  const splits = splitNames.flatMap((name) => {
    const split = given[name];
    return split ? [[name, split] as const] : [];
  });
  const rows = splits.reduce((sum, [, { size }]) => sum + size, 0);
  const tooMany = rows > mostRows;
  const record = {
    schemaVersion: dataSchemaVersion,
    dataset: given.dataset,
    sizes: Object.fromEntries(splits.map(([name, { size }]) => [name, size])),
    inputs: inputRecords(given, deadline),
    targets: targetsOf(given.train, given).map((target, k) => {
      deadline?.check();
      return targetRecord(target, k, given);
    }),
    ...(tooMany && { noHashes: `the splits have ${rows} rows, more than ${mostRows}` }),
  };
  const without = { hashes: {}, words: { hashed: 0, of: 0 } };
  if (tooMany) return { record, ...without };
  try {
    return { record, ...hashesOf(new Map(splits), () => deadline?.check()) };
  } catch (error) {
    if (!(error instanceof OutOfTime)) throw error;
    return { record: { ...record, noHashes: error.message }, ...without };
  }
}

function inputRecords(given: RecordedSplits, deadline: Deadline | undefined): InputRecord[] {
  const { train } = given;
  const labels = targetsOf(train, given).find(isLabels);
  const inputs = train.columns?.inputs ?? [
    { name: undefined, shape: train.inputShape, values: new Float32Array() },
  ];
  return inputs.map((column) => {
    deadline?.check();
    const { values, rows } = sampleOf(column, train);
    const width = sizeOfShape(column.shape);
    return {
      ...valuesRecord(column, { values, rows, size: train.size }),
      dependence: labels
        ? classDependence({
            values,
            width,
            labels: rows.map((row) => labels.values[row]!),
            classes: labels.classes,
          })
        : [],
    };
  });
}

function targetRecord(target: TargetColumn, k: number, given: RecordedSplits): TargetRecord {
  const name = target.name === undefined ? {} : { name: target.name };
  if (!isLabels(target)) {
    const { size } = given.train;
    return { kind: "values", ...valuesRecord(target, { ...sampleOf(target, given.train, true), size }) };
  }
  const { classes } = target;
  if (classes > mostClasses) return { kind: "classes", ...name, classes };
  const counts: Partial<Record<SplitName, number[]>> = {};
  for (const part of splitNames) {
    const column = targetsOf(given[part], given)[k];
    if (column && isLabels(column)) counts[part] = classCounts(column.values, classes);
  }
  return {
    kind: "classes",
    ...name,
    classes,
    ...namesOf(target.classNames ?? given.classNames, classes),
    counts: counts as ClassCounts,
  };
}

/** None where they say no more than the labels. */
function namesOf(names: readonly string[] | undefined, classes: number): { classNames?: readonly string[] } {
  if (names?.length !== classes || names.every((name, label) => name === String(label))) return {};
  return { classNames: names };
}

type Labels = TargetColumn & { readonly values: Int32Array; readonly classes: number };

function isLabels(target: TargetColumn): target is Labels {
  return target.classes !== undefined && target.values instanceof Int32Array && target.shape.length === 0;
}

function targetsOf(
  split: Split | undefined,
  { classes }: Pick<RecordedSplits, "classes">,
): readonly TargetColumn[] {
  return split ? targetColumns(split, classes) : [];
}

function classCounts(labels: Int32Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) if (label in counts) counts[label]!++;
  return counts;
}

interface Sample {
  /** Row by row. */
  readonly values: Float32Array | Int32Array;
  readonly rows: Int32Array;
}

function sampleOf(column: Pick<Column, "values" | "shape">, split: Split, isTarget = false): Sample {
  const width = sizeOfShape(column.shape);
  const rows = sampledRows(split.size, Math.max(leastRows, Math.floor(mostValues / width)));
  const isWhole = rows.length === split.size;
  if (!isTarget && !split.columns) {
    return { rows, values: isWhole && !bytesOf(split) ? split.x : inputRows(split, rows) };
  }
  return { rows, values: isWhole ? column.values : gatherRows(column.values as Float32Array, width, rows) };
}

function valuesRecord(
  { name, shape }: Pick<Column, "name" | "shape">,
  { values, rows, size }: Sample & { readonly size: number },
): ValuesRecord {
  const { all, columns } = columnStatistics(values, shape.at(-1) ?? 1);
  return {
    ...(name !== undefined && { name }),
    shape: [...shape],
    rows: rows.length,
    ...(rows.length < size && { sampledFrom: size }),
    all,
    columns: largest(columns, mostColumns),
    columnCount: columns.length,
  };
}

/** Those whose values are the largest in the root mean square, in their order. */
function largest(columns: ValuesRecord["columns"], most: number): ValuesRecord["columns"] {
  if (columns.length <= most) return columns;
  const size = ({ mean, std }: ValuesRecord["columns"][number]) => mean * mean + std * std;
  return [...columns]
    .sort((a, b) => size(b) - size(a))
    .slice(0, most)
    .sort((a, b) => a.column - b.column);
}
