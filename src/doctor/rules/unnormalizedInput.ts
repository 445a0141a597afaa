/**
 * Inputs that nobody brought to the size that a net begins with.
 *
 * He's and Glorot's initialisation keep the size of sums from layer to layer for inputs of mean 0 and deviation 1
 * (LeCun, Efficient BackProp, 1998); TheDeepChecker (TOSEM 2023) accepts [0, 1], [−1, 1], or mean 0 and deviation 1. A column
 * is measured by the root of its mean square, √(mean² + std²): of these it is at most 1, with an offset of a thousand a thousand.
 *
 *  - far out: above 12 in a column. A warning, and an error in a run that learns badly (`accuracyGate`).
 *  - wide: above 5. A remark (columns of counts up to ten are learnt well by many nets); a warning in a run that learns badly.
 *  - tiny: below 0.01 in all columns together, such as pixels that were divided by 255 twice. A remark; an error in a run that
 *    learns badly, as its sums are as small.
 *
 * Evidence needed: `data.json`, and a first layer whose sums are of the inputs. Inputs that go to a layer that normalises them
 * (batch or layer normalisation, rescaling, embedding) are as they should be. Healthy runs have 0.1 to 3.
 */
import type { ColumnStatistics, InputRecord, SplitName } from "../../base/dataRecord.js";
import { shortNumber } from "../../base/table.js";
import { tags } from "../../base/tags.js";
import { accuracyGate } from "../accuracyGate.js";
import { columnName, magnitude, numbersOf } from "../columnName.js";
import { firstUse } from "../inputUse.js";
import type { Rule } from "../rule.js";
import type { RunView } from "../runView.js";
import {
  type Evidence,
  healthy,
  type Judgement,
  notEnough,
  type Prescription,
  type Severity,
} from "../verdict.js";

export const farOut = 12;
export const wide = 5;
export const tiny = 0.01;
/** First loss of that many times ln K, which is the loss of equal chances. */
export const startsHigh = 3;

export const unnormalizedInput: Rule = {
  problem: "UnnormalizedInput",
  judge(run) {
    if (!run.data) return notEnough(run.dataMissing);
    const { inputs } = run.data.record;
    const use = firstUse(run, inputs.length);
    if (use.kind === "normalised") return healthy;
    if (use.kind === "unknown") return notEnough(`a first layer that is known (${use.why})`);
    const [worst] = inputs.flatMap((input) => foundIn(input)).sort((a, b) => b.distance - a.distance);
    return worst ? verdict(run, worst) : healthy;
  },
};

interface Found {
  readonly input: InputRecord;
  readonly kind: "far" | "wide" | "tiny";
  /** Those beyond the threshold, the largest first. */
  readonly columns: readonly ColumnStatistics[];
  /** By how many times the threshold is crossed. */
  readonly distance: number;
}

function foundIn(input: InputRecord): Found[] {
  const columns = [...input.columns].sort((a, b) => magnitude(b) - magnitude(a));
  const [largest] = columns;
  if (!largest) return [];
  for (const [kind, threshold] of [
    ["far", farOut],
    ["wide", wide],
  ] as const) {
    const beyond = columns.filter((column) => magnitude(column) > threshold);
    if (beyond.length > 0)
      return [{ input, kind, columns: beyond, distance: (kind === "far" ? 1e3 : 1) * magnitude(largest) }];
  }
  const all = magnitude(input.all);
  return all > 0 && all < tiny ? [{ input, kind: "tiny", columns, distance: tiny / all }] : [];
}

const severities: Readonly<Record<Found["kind"], Record<"badly" | "well", Severity>>> = {
  far: { badly: "error", well: "warning" },
  wide: { badly: "warning", well: "info" },
  tiny: { badly: "error", well: "info" },
};

function verdict(run: RunView, found: Found): Judgement {
  const gate = accuracyGate(run);
  const badly = gate.learns === "badly";
  const { kind } = found;
  return {
    kind: "verdict",
    verdict: {
      problem: "UnnormalizedInput",
      severity: severities[kind][badly ? "badly" : "well"],
      message: sentence(found),
      step: 0,
      evidence: [measured(found), ...highStart(run), ...gate.evidence],
      prescription: prescriptions(run, found),
    },
  };
}

function sentence({ input, kind, columns }: Found): string {
  const [first] = columns as [ColumnStatistics];
  const { name } = input;
  const of = kind === "tiny" ? input.all : first;
  const number = numbersOf(of);
  const what =
    kind === "tiny"
      ? `the inputs${name === undefined ? "" : ` "${name}"`}`
      : columnName(input, first.column, "inputs");
  const others =
    kind === "tiny" || columns.length === 1 ? "" : `, the largest of ${columns.length} such columns,`;
  const sampled =
    input.sampledFrom === undefined ? "" : ` in a sample of ${input.rows.toLocaleString("en-US")} rows`;
  const size = { far: "are far from", wide: "are wider than", tiny: "are tiny beside" }[kind];
  const verb = what === "the inputs" || kind === "tiny" ? "lie" : "lies";
  return `The inputs ${size} a mean of 0 and a deviation of 1: ${what}${others} ${verb} between ${number(of.min)} and ${number(of.max)}${sampled} (mean ${number(of.mean)}, deviation ${shortNumber(of.std, 3)}).`;
}

function measured({ input, kind, columns }: Found): Evidence {
  const what = "root mean square of";
  if (kind === "tiny")
    return { what: `${what} all inputs`, value: magnitude(input.all), threshold: tiny, crossed: "below" };
  const [first] = columns as [ColumnStatistics];
  return {
    what: `${what} ${columnName(input, first.column, "inputs")}`,
    value: magnitude(first),
    threshold: kind === "far" ? farOut : wide,
    crossed: "above",
  };
}

/** A net that begins well gives each class the same chance, which costs ln K. */
function highStart(run: RunView): Evidence[] {
  const targets = run.data?.record.targets ?? [];
  const [target] = targets;
  const first = run.series(tags.train("loss"))?.values[0];
  if (targets.length !== 1 || target?.kind !== "classes" || target.classes < 2 || first === undefined)
    return [];
  const value = first / Math.log(target.classes);
  if (!(value > startsHigh)) return [];
  const what = `loss of the first step / ln ${target.classes}`;
  return [{ what, value, threshold: startsHigh, crossed: "above", unit: "×", tag: tags.train("loss") }];
}

/** The lines take arrays and tensors alike: the record does not say which were given. */
function prescriptions(run: RunView, { input }: Found): Prescription[] {
  const { min, max } = input.all;
  const bytes = min >= 0 && max > 100 && max <= 255;
  const axes = input.shape.length === 1 ? "0" : `[${input.shape.map((_, i) => i).join(", ")}]`;
  const others = otherSplits(run);
  const too = others.length === 0 ? "" : `; ${others.join(" and ")} in the same way where given apart`;
  const divided: Prescription = {
    text: `Divide bytes by 255, so that they lie between 0 and 1${too}`,
    code: arraysLine(others, (rows) => `tf.div(${rows}, 255)`),
    change: { data: "normalize" },
  };
  const scale = "const scale = (rows) => tf.div(tf.sub(rows, mean), tf.add(tf.sqrt(variance), 1e-7));";
  return [
    ...(bytes ? [divided] : []),
    {
      text: `Bring each ${input.shape.length === 3 ? "channel" : "column"} to mean 0 and deviation 1, by mean and deviation of the training rows${too}`,
      code: `const { mean, variance } = tf.moments(x, ${axes}); ${scale} ${arraysLine(others, (rows) => `scale(${rows})`)}`,
      change: { data: "normalize" },
    },
    {
      text: "Or let the model do it: batch normalisation as its first layer",
      code: `tf.layers.batchNormalization({ inputShape: ${JSON.stringify(input.shape)} })`,
    },
  ];
}

/** Splits besides the training rows. The record does not say whether they were given apart or are a share of these. */
function otherSplits(run: RunView): SplitName[] {
  const sizes = run.data?.record.sizes ?? {};
  return (["validation", "test"] as const).filter((name) => sizes[name] !== undefined);
}

function arraysLine(others: readonly SplitName[], scaled: (rows: string) => string): string {
  const parts = others.map((name) => `${name}: { ...${name}, x: ${scaled(`${name}.x`)} }`);
  return `data.arrays({ ${["...options", `x: ${scaled("x")}`, ...parts].join(", ")} })`;
}
