/**
 * What the model is judged by was shown to it: rows of validation or test that are training rows too, or the label among the
 * inputs.
 *
 * Rows in common, by the hashes of their inputs. Rows of discrete data are equal by chance: what chance gives is the share of
 * training rows that have a twin among the training rows themselves (leave one out: a new row of the same kind would be met as
 * often), but no more than the twins within the other split allow, so that rows shown several times on purpose hide no leak.
 * Rows that were copied before the split have twins everywhere. Twins are not chance, but for up to three rows that are far more frequent than all others
 * (blank ones), where rows occur as often as no chance would have it (Good, Biometrika 1953; `multiplicities.ts`), or are wide: of 50 values or more that are not 0,
 * nor of columns that hold but two values, as flags do. A digit of MNIST has about 150 such values.
 * Of those that chance does not explain, (share − chance) / (1 − chance), 1 % is an alarm, 10 % where chance explains more than 1 %; at
 * least 3 rows, and 3 standard deviations above chance. From 10 % on an error. Twins within a split are no leak.
 *
 * A label among the inputs: within each class a value is always the same (η² ≥ 1 − 1e-6), or nearly so (≥ 0.999) while of any other
 * value 100 times as much is left open (1 − η²) and the accuracy is at least 0.98. Of inputs with such a value
 * alone nothing else could be learnt. Of Gaussian clouds η² is 0.99 where they lie twenty deviations apart.
 *
 * Evidence needed: `data.json`, `rows.bin`. Published sets have 0 to 0.4 % of rows in common.
 */
import type { ClassDependence, ColumnStatistics, InputRecord, SplitName } from "../../base/dataRecord.js";
import { sum } from "../../base/sum.js";
import { shortNumber } from "../../base/table.js";
import { tags } from "../../base/tags.js";
import { type CommonRows, commonRows } from "../commonRows.js";
import type { Rule } from "../rule.js";
import type { RunView } from "../runView.js";
import { type Evidence, healthy, type Judgement, notEnough } from "../verdict.js";

export const leastExcess = 0.01;
export const leastExcessOfDiscrete = 0.1;
/** Share that chance explains from which on data count as discrete. */
export const discrete = 0.01;
export const severeExcess = 0.1;
export const leastRows = 3;
export const settled = 1 - 1e-6;
export const nearlySettled = 0.999;
export const lessOpen = 100;
export const perfect = 0.98;
/** Values of a row that are neither 0 nor flags. */
export const wideRow = 50;
const leastRowsOfLabel = 20;
/** Share of its range squared by which a column's variance may be off that of two values. */
const flagTolerance = 1e-4;

export const dataLeak: Rule = {
  problem: "DataLeak",
  judge(run) {
    if (!run.data) return notEnough(run.dataMissing);
    const label = labelAmongInputs(run);
    if (label) return label;
    const { hashes, hashesMissing, record } = run.data;
    // Nothing else was there to be shown.
    if (record.sizes.validation === undefined && record.sizes.test === undefined) return healthy;
    if (!hashes) return notEnough(hashesMissing);
    const isWide = widthOf(record.inputs) >= wideRow;
    const [worst] = commonRows(hashes)
      .map((found) => (isWide || found.areCopied ? { ...found, chance: leastChance(found) } : found))
      .filter(isLeak)
      .sort((a, b) => excess(b) - excess(a));
    return worst ? verdictOnRows(worst) : healthy;
  },
};

function leastChance({ chance, chanceOfFew }: CommonRows): number {
  return Math.min(chance, chanceOfFew);
}

/** Values of a row, all inputs together, that are neither 0 nor of columns with two values at most. */
function widthOf(inputs: readonly InputRecord[]): number {
  return sum(
    inputs.map(({ shape, all, columns }) => {
      const many = columns.filter((column) => !isFlag(column)).length / Math.max(1, columns.length);
      return shape.reduce((product, side) => product * side, 1) * (1 - all.zeros) * many;
    }),
  );
}

/** A variance is the largest for its mean and range where no value lies between the two ends (Bhatia and Davis, 2000). */
function isFlag({ mean, std, min, max }: ColumnStatistics): boolean {
  return (max - mean) * (mean - min) - std ** 2 <= flagTolerance * (max - min) ** 2;
}

/** Share of the rows that chance does not make common which are common all the same. */
function excess({ common, rows, chance }: CommonRows): number {
  return (common / rows - chance) / (1 - chance);
}

function isLeak(found: CommonRows): boolean {
  const { common, rows, chance } = found;
  const byChance = chance * rows;
  const deviation = Math.sqrt(byChance * (1 - chance));
  const least = chance > discrete ? leastExcessOfDiscrete : leastExcess;
  return chance < 1 && common >= leastRows + byChance + 3 * deviation && excess(found) >= least;
}

function verdictOnRows(found: CommonRows): Judgement {
  const { split, common, rows, chance, first } = found;
  const value = 100 * excess(found);
  const isDiscrete = chance > discrete;
  const share = shortNumber((100 * common) / rows, 3);
  const named = first.map(({ row, train }) => `${row} (= ${train})`).join(", ");
  const byChance = chance > 0 ? ` (by chance ${shortNumber(100 * chance, 2)} %)` : "";
  return {
    kind: "verdict",
    verdict: {
      problem: "DataLeak",
      severity: excess(found) >= severeExcess ? "error" : "warning",
      message: `${common.toLocaleString("en-US")} of ${rows.toLocaleString("en-US")} rows of ${split} (${share} %) are training rows too${byChance}: what is measured there says little about new data. The first are rows ${named}${common > first.length ? ", …" : ""}.`,
      step: 0,
      evidence: [
        {
          what: `share of the rows of ${split} that are training rows, beyond chance`,
          value,
          threshold: 100 * (isDiscrete ? leastExcessOfDiscrete : leastExcess),
          crossed: "at least",
          unit: " %",
        },
      ],
      prescription: [
        {
          text: `Take the ${common.toLocaleString("en-US")} rows out of ${split}, or out of the training rows`,
          code: withoutCommon(split),
          change: { data: "removeLeak" },
        },
        {
          text: "Or split once: distinct rows first, then the parts, and only then copies or augmentation",
          code: "data.arrays({ ...options, x, y, validation: 0.2, test: 0.1 })",
        },
      ],
    },
  };
}

function withoutCommon(split: SplitName): string {
  return `const seen = new Set(x.map(String)); const fresh = ${split}.x.flatMap((row, i) => (seen.has(String(row)) ? [] : [i])); data.arrays({ ...options, ${split}: { x: fresh.map((i) => ${split}.x[i]), y: fresh.map((i) => ${split}.y[i]) } })`;
}

function labelAmongInputs(run: RunView): Judgement | undefined {
  for (const input of run.data?.record.inputs ?? []) {
    const [first, second] = input.dependence;
    if (!first || input.rows < leastRowsOfLabel) continue;
    const accuracy = bestAccuracy(run);
    const isPerfect = accuracy !== undefined && accuracy.value >= perfect;
    const isNear =
      first.etaSquared >= nearlySettled &&
      1 - (second?.etaSquared ?? 0) >= lessOpen * (1 - first.etaSquared) &&
      isPerfect;
    if (first.etaSquared < settled && !isNear) continue;
    return verdictOnLabel(input, first, isPerfect ? accuracy : undefined);
  }
  return undefined;
}

function bestAccuracy(run: RunView): Evidence | undefined {
  for (const metric of ["valAccuracy", "accuracy"]) {
    const values = run.epochs(metric).filter(Number.isFinite);
    if (values.length > 0)
      return {
        what: `highest ${metric}`,
        value: Math.max(...values),
        threshold: perfect,
        crossed: "at least",
        tag: tags.epoch(metric),
      };
  }
  return undefined;
}

function verdictOnLabel(
  { shape, name }: InputRecord,
  { position, etaSquared }: ClassDependence,
  accuracy: Evidence | undefined,
): Judgement {
  const of = name === undefined ? "the inputs" : `"${name}"`;
  const where =
    shape.length === 1
      ? `column ${position} of ${of}`
      : `value [${indicesOf(position, shape).join(", ")}] of ${of}`;
  const isExact = etaSquared >= settled;
  const drop = `data.arrays({ ...options, x: x.map((row) => row.toSpliced(${position}, 1)) })`;
  return {
    kind: "verdict",
    verdict: {
      problem: "DataLeak",
      severity: accuracy ? "error" : "warning",
      message: `The label is among the inputs: within each class ${where} (counted from 0) is ${isExact ? "always" : "nearly"} the same, so it tells the class.`,
      step: 0,
      evidence: [
        {
          what: `share of the variance of ${where} that lies between classes (η²)`,
          value: etaSquared,
          threshold: isExact ? settled : nearlySettled,
          crossed: "at least",
        },
        ...(accuracy ? [accuracy] : []),
      ],
      prescription: [
        {
          text: `Leave ${where} out, unless new data have it too`,
          ...(shape.length === 1 && { code: drop }),
          change: { data: { blankInputs: [position] } },
        },
      ],
    },
  };
}

function indicesOf(position: number, shape: readonly number[]): number[] {
  const indices: number[] = [];
  let rest = position;
  for (const side of shape.toReversed()) {
    indices.unshift(rest % side);
    rest = Math.floor(rest / side);
  }
  return indices;
}
