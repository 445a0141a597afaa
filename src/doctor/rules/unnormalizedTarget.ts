/**
 * Targets of a regression that are far from the size of a net's first outputs, which are about 0 ± 1: what the last layer has to
 * grow to takes many steps, and the squares of such errors make gradients as large.
 *
 * Measured as inputs are, by √(mean² + std²) of a column:
 *  - far out: above 100. A warning, and an error where it hurts.
 *  - wide: above 20; tiny: below 0.01 in all columns together. A remark; a warning where it hurts.
 * It hurts where the lowest loss of an epoch is still above half of the targets' variance (of a squared error: the mean of all
 * targets would be as good a guess as half of that), else, of other losses, where the run learns badly (`accuracyGate`).
 * Source: TheDeepChecker (TOSEM 2023) checks targets as inputs; thresholds are wider here, as Adam's steps grow an output by
 * tens in an epoch. Healthy runs have 0.1 to 10.
 *
 * Evidence needed: `data.json` of a regression, and the losses of an epoch.
 */
import type { ColumnStatistics, ValuesRecord } from "../../base/dataRecord.js";
import { shortNumber } from "../../base/table.js";
import { tags } from "../../base/tags.js";
import { accuracyGate } from "../accuracyGate.js";
import { columnName, magnitude, numbersOf } from "../columnName.js";
import type { Rule } from "../rule.js";
import type { RunView } from "../runView.js";
import { type Evidence, healthy, type Judgement, notEnough, type Severity } from "../verdict.js";

export const farOut = 100;
export const wide = 20;
export const tiny = 0.01;
export const unexplained = 0.5;

export const unnormalizedTarget: Rule = {
  problem: "UnnormalizedTarget",
  judge(run) {
    const judged = targetScale(run);
    const needsLoss = judged.kind === "verdict" && run.epochs("loss").length === 0;
    return needsLoss ? notEnough("the loss of an epoch") : judged;
  },
};

/** By the targets alone where no epoch has told its loss yet: as if it hurt nothing. */
export function targetScale(run: RunView): Judgement {
  if (!run.data) return notEnough(run.dataMissing);
  const targets = run.data.record.targets.flatMap((target) => (target.kind === "values" ? [target] : []));
  const [worst] = targets.flatMap(foundIn).sort((a, b) => b.distance - a.distance);
  return worst ? verdict(run, worst) : healthy;
}

type Kind = "far" | "wide" | "tiny";

interface Found {
  readonly target: ValuesRecord;
  readonly kind: Kind;
  readonly column: ColumnStatistics;
  readonly distance: number;
}

function foundIn(target: ValuesRecord): Found[] {
  const [column] = [...target.columns].sort((a, b) => magnitude(b) - magnitude(a));
  if (!column) return [];
  const size = magnitude(column);
  if (size > wide) return [{ target, kind: size > farOut ? "far" : "wide", column, distance: size / wide }];
  const all = magnitude(target.all);
  return all > 0 && all < tiny ? [{ target, kind: "tiny", column, distance: tiny / all }] : [];
}

const severities: Readonly<Record<Kind, { readonly hurts: Severity; readonly learns: Severity }>> = {
  far: { hurts: "error", learns: "warning" },
  wide: { hurts: "warning", learns: "info" },
  tiny: { hurts: "warning", learns: "info" },
};

function verdict(run: RunView, found: Found): Judgement {
  const { target, kind, column } = found;
  const hurts = hurtBy(run, target);
  const number = numbersOf(column);
  const name = columnName(target, column.column, "targets");
  const lies = name === "the targets" ? "they lie" : `${name} lies`;
  const size = kind === "tiny" ? magnitude(target.all) : magnitude(column);
  return {
    kind: "verdict",
    verdict: {
      problem: "UnnormalizedTarget",
      severity: severities[kind][hurts.length > 0 ? "hurts" : "learns"],
      message: `The targets are ${kind === "tiny" ? "tiny beside" : "far from"} the outputs of a net that begins, which are about 0 ± 1: ${lies} between ${number(column.min)} and ${number(column.max)} (mean ${number(column.mean)}, deviation ${shortNumber(column.std, 3)}).`,
      step: 0,
      evidence: [
        {
          what: `root mean square of ${kind === "tiny" ? "all targets" : name}`,
          value: size,
          threshold: kind === "tiny" ? tiny : kind === "far" ? farOut : wide,
          crossed: kind === "tiny" ? "below" : "above",
        },
        ...hurts,
      ],
      prescription: [
        {
          text: "Bring targets to mean 0 and deviation 1, and turn predictions back: × deviation, + mean",
          code: "const { mean, variance } = tf.moments(y, 0); data.arrays({ ...options, y: y.sub(mean).div(variance.sqrt()) })",
          change: { data: "normalizeTarget" },
        },
        { text: "Or learn the logarithm, where targets are above 0 and span several powers of ten" },
      ],
    },
  };
}

function hurtBy(run: RunView, target: ValuesRecord): readonly Evidence[] {
  const isOnly = run.data?.record.targets.length === 1;
  const loss = run.run.record.config.loss;
  const losses = run.epochs("loss").filter(Number.isFinite);
  // One whose losses are not finite has learnt nothing.
  if (!isOnly || loss !== "meanSquaredError" || losses.length === 0) {
    const gate = accuracyGate(run);
    return gate.learns === "badly" ? gate.evidence : [];
  }
  const { columns } = target;
  const variance = columns.reduce((sum, { std }) => sum + std ** 2, 0) / columns.length;
  const value = Math.min(...losses) / variance;
  if (!(variance > 0 && value > unexplained)) return [];
  const what = "lowest loss of an epoch / variance of the targets";
  return [{ what, value, threshold: unexplained, crossed: "above", tag: tags.epoch("loss") }];
}
