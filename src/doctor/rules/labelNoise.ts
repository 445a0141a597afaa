/**
 * Labels of the training data are wrong: the model, while it learns, contradicts more of them than it errs elsewhere.
 *
 * From the answers and losses of the training samples at the recorded epochs and the accuracy of validation, whose labels must
 * be better than those of the training data for this (`suspectRows.ts` has the formula and its sources): η is the estimated
 * share of wrong labels, σ = √(s(1 − s) / n + v(1 − v) / m) / v its standard deviation, of n
 * samples and m rows of validation. Alarm where η is 0.1 at least with a confidence of 95 % (η − 1.64 σ), a remark from 0.04
 * on, where
 *  - validation says that the model knows its task: half of the way from guessing (1 / K) to 1 at least;
 *  - there are 200 samples or more (the standard deviation of a share of 0.1 is 0.02 then);
 *  - η is at least 3 σ. Where classes overlap, the model errs on a share of rows that few rows of validation tell badly.
 * As evidence beside it, the accuracy of training stays below that of validation by η / 2 at least, on the median of the epochs
 * that count: learning by heart, hard data and small data sets make it the other way round.
 *
 * With dropout or noise layers each answer is that of a weaker net, and training's accuracy is below validation's in healthy
 * runs too: then only samples whose contradicted labels have one and the same other class in three quarters of the epochs
 * count (`steady`).
 *
 * Healthy runs: η from −0.26 (overfit) to 0.02; 0.02 where 2 % of the labels are wrong; up to 0.09, η − 1.64 σ of 0.065, where
 * training lags so. Noise that validation has as well cannot be told from a hard task by this, and is not.
 * Evidence needed: rows' losses and answers of two epochs, validation's accuracy, classes as targets.
 */
import { tags } from "../../base/tags.js";
import { fitChange } from "../codeLine.js";
import { validationSize } from "../curves.js";
import type { Rule } from "../rule.js";
import type { RunView } from "../runView.js";
import { median } from "../statistics.js";
import { type Suspects, suspectRows } from "../suspectRows.js";
import { healthy, type Judgement, notEnough, type Prescription } from "../verdict.js";

export const noiseThreshold = 0.1;
export const remarkThreshold = 0.04;
/** Standard deviations of a one-sided confidence of 95 %. */
export const confidence = 1.64;
export const leastSkill = 0.5;
export const leastRows = 200;
/** Rows that a message names. */
const named = 5;

export const labelNoise: Rule = {
  problem: "LabelNoise",
  judge(run) {
    const [output] = run.run.record.model?.outputs ?? [];
    const classes = output?.target.classes;
    const valAccuracy = run.epochs("valAccuracy");
    if (output && classes === undefined) return healthy;
    // The table last: it is much to read.
    const table =
      classes !== undefined && valAccuracy.length >= 2 && valAccuracy.every(Number.isFinite)
        ? run.rowLosses()
        : undefined;
    if (!table || classes === undefined)
      return notEnough("the answers to each training sample, and the accuracy of validation, of two epochs");
    const suspects = suspectRows(table, valAccuracy, { steady: hasNoiseLayers(run) });
    if (!suspects) return notEnough("the answers to each training sample of two epochs beside the first");
    if (table.labels.length < leastRows) return notEnough(`at least ${leastRows} training samples`);
    return isNoise(run, suspects, classes) ? verdict(run, suspects, classes) : healthy;
  },
};

function hasNoiseLayers({ run }: RunView): boolean {
  return (run.record.model?.layers ?? []).some(({ kind }) => /Dropout|Noise/.test(kind));
}

function isNoise(run: RunView, suspects: Suspects, classes: number): boolean {
  const { noise, accuracy } = suspects;
  const skill = (accuracy - 1 / classes) / (1 - 1 / classes);
  return (
    skill >= leastSkill &&
    noise >= Math.max(remarkThreshold, 3 * deviation(run, suspects)) &&
    lag(run, suspects) >= noise / 2
  );
}

/** Standard deviation of η: of shares of the training samples and of validation's rows. */
function deviation(run: RunView, { accuracy, contradicted, samples }: Suspects): number {
  const rows = validationSize(run) ?? samples;
  const variance = (contradicted * (1 - contradicted)) / samples + (accuracy * (1 - accuracy)) / rows;
  return Math.sqrt(variance) / accuracy;
}

/** By how much training's accuracy is below validation's, on the median of the epochs that count. */
function lag(run: RunView, { epochs }: Suspects): number {
  const [train, val] = [run.epochs("accuracy"), run.epochs("valAccuracy")];
  return median(epochs.map((epoch) => (val[epoch - 1] ?? Number.NaN) - (train[epoch - 1] ?? Number.NaN)));
}

function verdict(run: RunView, suspects: Suspects, classes: number): Judgement {
  const { noise, rows, epochs, contradicted, accuracy } = suspects;
  const first = rows.slice(0, named).join(", ");
  const spread = deviation(run, suspects);
  const pairs = suspects.pairs.length > 0 && suspects.pairs.length <= classes ? pairText(suspects) : "";
  return {
    kind: "verdict",
    verdict: {
      problem: "LabelNoise",
      severity: noise - confidence * spread >= noiseThreshold ? "warning" : "info",
      message: `About ${Math.round(100 * noise)} % of the training labels seem to be wrong${pairs}: ${rows.length} samples are suspicious, first of all ${first}.`,
      epoch: epochs[0] as number,
      rows,
      evidence: [
        {
          what: `estimated share of wrong labels, ± ${(100 * spread).toFixed(1)} % (one standard deviation)`,
          value: 100 * noise,
          threshold: 100 * noiseThreshold,
          crossed: "at least",
          unit: " %",
          tag: tags.epoch("accuracy"),
        },
        {
          what: `share of training samples whose label the model contradicts in epochs ${epochs.join(", ")}; it errs on ${(100 * (1 - accuracy)).toFixed(1)} % of validation`,
          value: 100 * contradicted,
          threshold: 100 * (1 - accuracy),
          crossed: "above",
          unit: " %",
          tag: tags.epoch("valAccuracy"),
        },
      ],
      prescription: prescriptions(run),
    },
  };
}

/** Of the most frequent pairs, `label 3 for class 2`. */
function pairText({ pairs }: Suspects): string {
  const some = pairs
    .slice(0, 3)
    .map(({ label, class: said }) => `label ${label} for what looks like class ${said}`);
  return ` (${some.join(", ")}${pairs.length > some.length ? ", …" : ""})`;
}

function prescriptions(view: RunView): Prescription[] {
  return [
    {
      text: "Look at the suspicious samples, and take them out of the training split or label them anew",
      code: `const { rows } = (await doctor(${JSON.stringify(view.run.record.id)}))[0].verdicts.find(({ problem }) => problem === "LabelNoise")`,
      change: { data: "removeSuspects" },
    },
    {
      text: "Until they are, stop early: wrong labels are learned last",
      ...fitChange(view, { earlyStopping: { monitor: "valLoss", patience: 3 } }),
    },
  ];
}
