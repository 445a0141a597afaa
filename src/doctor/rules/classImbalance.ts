/**
 * Some classes have so few rows that a model which never names them is right nearly always.
 *
 * Alarm: the most frequent class of the training rows has more than 10 times the rows of the rarest (SageMaker Debugger's
 * ClassImbalance), counted as n + √n of the rarest, so that chance in small sets is no alarm; among more than 100 classes, where
 * long tails are usual, also a normalised perplexity e^H / K below a half (TheDeepChecker, TOSEM 2023). An error where the
 * validation accuracy is what naming the most frequent class alone would give (0.01 more at most, and a quarter of what is
 * left to 1), or an evaluation, else the recalls recorded at the last epoch, say that the rare
 * classes are found less than half of the time; a remark where they say that they are found in four of five. Recalls of fewer
 * than 10 validation rows of rare classes say nothing.
 *
 * Evidence needed: rows of each class (`data.json`). A training with `classWeights` has dealt with it. Healthy runs have up
 * to 1:4.
 */
import type { ClassCounts, ClassesRecord } from "../../base/dataRecord.js";
import { recallOf } from "../../base/recallMetrics.js";
import { sum } from "../../base/sum.js";
import { shortNumber } from "../../base/table.js";
import { tags } from "../../base/tags.js";
import { classRecalls } from "../classRecalls.js";
import { fitChange } from "../codeLine.js";
import type { Rule } from "../rule.js";
import type { RunView } from "../runView.js";
import { mean } from "../statistics.js";
import {
  type Evidence,
  healthy,
  type Judgement,
  notEnough,
  type Prescription,
  type Severity,
} from "../verdict.js";

export const ratioThreshold = 10;
export const manyClasses = 100;
export const perplexityThreshold = 0.5;
export const guessing = 0.01;
export const lowRecall = 0.5;
export const highRecall = 0.8;
/** Validation rows of rare classes. */
export const leastRareRows = 10;

export const classImbalance: Rule = {
  problem: "ClassImbalance",
  judge(run) {
    if (!run.data) return notEnough(run.dataMissing);
    const targets = run.data.record.targets.filter((target) => target.kind === "classes");
    if (targets.length === 0) return healthy;
    const counted = targets.flatMap(({ counts, ...target }) => (counts ? [{ ...target, counts }] : []));
    if (counted.length === 0) return notEnough("the rows of each class (there are too many classes)");
    if (run.run.record.config.classWeights !== undefined) return healthy;
    const [worst] = counted.filter(isImbalanced).sort((a, b) => ratioOf(b) - ratioOf(a));
    return worst ? verdict(run, worst) : healthy;
  },
};

type Counted = Omit<ClassesRecord, "counts"> & { readonly counts: ClassCounts };

function isImbalanced({ counts: { train }, classes }: Counted): boolean {
  const [least, most] = [Math.min(...train), Math.max(...train)];
  if (classes < 2 || most / Math.max(1, least + Math.sqrt(least)) <= ratioThreshold) return false;
  return classes <= manyClasses || perplexity(train) / classes < perplexityThreshold;
}

/** A class without rows counts as one. */
function ratioOf({ counts: { train } }: Counted): number {
  return Math.max(...train) / Math.max(1, Math.min(...train));
}

function perplexity(counts: readonly number[]): number {
  const total = sum(counts);
  return Math.exp(sum(counts.map((count) => (count === 0 ? 0 : (-count / total) * Math.log(count / total)))));
}

function verdict(run: RunView, target: Counted): Judgement {
  const { train } = target.counts;
  const most = train.indexOf(Math.max(...train));
  const rare = train.flatMap((count, label) => (count * ratioThreshold < train[most]! ? [label] : []));
  const recall = recallOfRare(run, target, rare);
  const guess = guessed(run, target, most);
  const isFound = recall !== undefined && recall.value >= highRecall;
  const severity: Severity = isFound ? "info" : guess || recall ? "error" : "warning";
  const ratio: Evidence = {
    what: `rows of class ${called(target, most)} / rows of class ${called(target, train.indexOf(Math.min(...train)))} (${train[most]} / ${Math.min(...train)})`,
    value: ratioOf(target),
    threshold: ratioThreshold,
    crossed: "above",
  };
  return {
    kind: "verdict",
    verdict: {
      problem: "ClassImbalance",
      severity,
      message: sentence({ target, most, rare, guess }),
      step: 0,
      evidence: [ratio, ...(recall && !isFound ? [recall] : []), ...(guess ? [guess] : [])],
      prescription: [
        { text: "Weigh the classes by their rows", ...fitChange(run, { classWeights: "balanced" }) },
        ...byRoot(run, target),
        {
          text: "Judge by the recall of each class, which evaluate shows, not by accuracy alone",
          code: "(await evaluate(model, dataset.validation)).toString()",
        },
        { text: "Get more rows of the rare classes, or show the model those there are more often" },
      ],
    },
  };
}

/** Of a long list nobody reads the numbers. */
const mostWeights = 20;

/** Between all alike and all balanced: 1 / √nₖ, scaled so that a sample weighs 1 on average. */
function byRoot(run: RunView, { counts: { train }, name }: Counted): Prescription[] {
  if (name !== undefined || train.length > mostWeights || train.includes(0)) return [];
  const scale = sum(train) / sum(train.map(Math.sqrt));
  const classWeights = train.map((count) => Number((scale / Math.sqrt(count)).toPrecision(3)));
  return [
    {
      text: "Or by the root of their rows, where that costs too much of the frequent classes",
      ...fitChange(run, { classWeights }),
    },
  ];
}

interface Said {
  readonly target: Counted;
  readonly most: number;
  readonly rare: readonly number[];
  readonly guess: Evidence | undefined;
}

function sentence({ target, most, rare, guess }: Said): string {
  const { train } = target.counts;
  const of = target.name === undefined ? "" : ` of "${target.name}"`;
  const some = rare.slice(0, 3).map((label) => `${called(target, label)} (${train[label]})`);
  const named = `class${rare.length === 1 ? "" : "es"} ${some.join(", ")}${rare.length > 3 ? ` and ${rare.length - 3} more` : ""}`;
  const share = shortNumber((100 * train[most]!) / sum(train), 3);
  const first = `Class ${called(target, most)}${of} has ${share} % of the training rows (${train[most]}), ${named} hardly any`;
  return guess
    ? `${first}: the accuracy of ${shortNumber(guess.value, 3)} is that of naming class ${called(target, most)} always.`
    : `${first}: a high accuracy says nothing about ${rare.length === 1 ? "it" : "them"}.`;
}

/** Its name in quotes where it has one, else its label. */
function called({ classNames }: Pick<Counted, "classNames">, label: number): string {
  const name = classNames?.[label];
  return name === undefined ? String(label) : JSON.stringify(name);
}

/** The validation accuracy, where naming the most frequent class always would reach it. */
function guessed(run: RunView, target: Counted, most: number): Evidence | undefined {
  if (run.data?.record.targets.length !== 1) return undefined;
  const { counts } = target;
  const isValidated = counts.validation !== undefined;
  const metric = isValidated ? "valAccuracy" : "accuracy";
  const of = counts.validation ?? counts.train;
  const value = run.epochs(metric).at(-1);
  const share = (of[most] ?? 0) / sum(of);
  const bound = share + Math.min(guessing, (1 - share) / 4);
  if (value === undefined || !(value <= bound)) return undefined;
  return {
    what: `${metric}, where naming class ${called(target, most)} always gives ${shortNumber(share, 3)}`,
    value,
    threshold: bound,
    crossed: "below",
    tag: tags.epoch(metric),
  };
}

/** Of the rare classes' mean; undefined where nothing says it, or it is neither high nor low. */
function recallOfRare(run: RunView, target: Counted, rare: readonly number[]): Evidence | undefined {
  const found = evaluatedRecall(run, target, rare) ?? recordedRecall(run, target, rare);
  if (!found) return undefined;
  if (found.value >= highRecall) return { ...found, threshold: highRecall, crossed: "at least" };
  return found.value < lowRecall ? { ...found, threshold: lowRecall, crossed: "below" } : undefined;
}

type Recall = Pick<Evidence, "what" | "value" | "tag">;

/** A person asked for it, of the weights that the training left. */
function evaluatedRecall(run: RunView, { classes }: Counted, rare: readonly number[]): Recall | undefined {
  const recalls = classRecalls(run, classes);
  const known = rare.flatMap((label) => recalls?.[label] ?? []);
  return known.length === 0
    ? undefined
    : { what: "recall of the rare classes in the newest evaluation", value: mean(known) };
}

/** Of the last epoch. */
function recordedRecall(run: RunView, { counts }: Counted, rare: readonly number[]): Recall | undefined {
  if (run.data?.record.targets.length !== 1) return undefined;
  const tagOf = (label: number) => tags.epoch(recallOf(label));
  const known = rare.flatMap((label) => {
    const value = run.series(tagOf(label))?.values.at(-1);
    return value === undefined ? [] : [{ label, value }];
  });
  const rows = sum(known.map(({ label }) => counts.validation?.[label] ?? 0));
  const [least] = known.toSorted((a, b) => a.value - b.value);
  if (!least || rows < leastRareRows) return undefined;
  const value = mean(known.map((one) => one.value));
  return { what: "recall of the rare classes on validation at the end", value, tag: tagOf(least.label) };
}
