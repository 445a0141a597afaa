/**
 * What the doctor says before a training's first step: the rules that need no epoch, and what a few steps on one batch show.
 *
 * Rules judge as they do of a run: leak between splits, scale of inputs and targets, balance of classes, output and loss,
 * how the weights begin, dead layers. Beside them:
 *  - Initial loss: of a cross-entropy about ln K, the loss of equal chances (TheDeepChecker, TOSEM 2023; Karpathy's recipe, 2019).
 *    A finding above `firstLossFactor` = 5 times it, as of a bad initialisation, and of a loss that is no number. Healthy runs
 *    begin at up to 2 ln K; below it begin models that were trained before.
 *  - One batch: TheDeepChecker asks that a batch of 16 be learnt nearly whole in 1,000 steps. Here the loss only has to fall, since
 *    noise layers and weight decay are left as they are: a finding where at each of four rates the mean of the last steps
 *    stays above 0.997 of the first loss, or ends within 0.3 % of what always giving the same answer loses, so that what goes
 *    in changes nothing. One that falls, but not that far, is left open: a rate may be too low for so few steps. Beside a
 *    person's own loss the first loss counts alone, and 0.999 of it. A model of one layer has nothing to lose a gradient in.
 */
import type { PreflightCheckName, PreflightFinding, PreflightRecord } from "../base/preflightRecord.js";
import { shortNumber } from "../base/table.js";
import type { RunData } from "../track/index.js";
import { badInitialization, firstLossFactor } from "./rules/badInitialization.js";
import { classImbalance } from "./rules/classImbalance.js";
import { dataLeak } from "./rules/dataLeak.js";
import { deadLayer } from "./rules/deadLayer.js";
import { outputLossMismatch } from "./rules/outputLossMismatch.js";
import { unnormalizedInput } from "./rules/unnormalizedInput.js";
import { targetScale } from "./rules/unnormalizedTarget.js";
import { type RunView, viewRun } from "./runView.js";
import type { Judgement } from "./verdict.js";

export const stuck = { known: 0.997, own: 0.999 } as const;
const leastKernels = 2;

/** What a few steps on one batch gave. */
export interface BatchFacts {
  readonly rows: number;
  readonly outputs: readonly {
    readonly name: string;
    readonly loss: string;
    readonly classes: number | undefined;
    /** Of the first step. */
    readonly value: number;
  }[];
  readonly first: number;
  /** What always giving the same answer would lose; undefined beside a person's own loss. */
  readonly constant: number | undefined;
  readonly tries: readonly { readonly learningRate: number; readonly steps: number; readonly loss: number }[];
  readonly isLearnt: boolean;
  /** There was no time for all tries. */
  readonly isCut: boolean;
}

/**
 * @param run what is known of the run: its record, its data, and as its scalars what the first steps on the batch measured
 * @param batch or why there was none
 */
export function preflight(
  run: RunData,
  batch: BatchFacts | { readonly why: string },
): Omit<PreflightRecord, "seconds"> {
  const view = viewRun(run);
  const without = "why" in batch ? notTried(batch.why) : undefined;
  const found: readonly Checked[] = [
    ["leak between splits", byRules(dataLeak.judge(view))],
    ["scale of inputs and targets", byRules(unnormalizedInput.judge(view), targetScale(view))],
    ["balance of classes", byRules(classImbalance.judge(view))],
    ["output and loss", byRules(outputLossMismatch.judge(view))],
    ["initial loss", without ?? initialLoss(view, batch as BatchFacts)],
    ["gradients", without ?? byRules(deadLayer.judge(view))],
    ["one batch", without ?? oneBatch(view, batch as BatchFacts)],
  ];
  return {
    passed: found.flatMap(([check, { findings, why }]) =>
      findings.length === 0 && why === undefined ? [check] : [],
    ),
    findings: found.flatMap(([check, { findings }]) => findings.map((one) => ({ check, ...one }))),
    notChecked: found.flatMap(([check, { findings, why }]) =>
      findings.length === 0 && why !== undefined ? [{ check, why }] : [],
    ),
  };
}

type Finding = Omit<PreflightFinding, "check">;

interface Result {
  readonly findings: readonly Finding[];
  /** Why it was not looked at. */
  readonly why?: string;
}

type Checked = readonly [PreflightCheckName, Result];

function notTried(why: string): Result {
  return { findings: [], why };
}

/** Remarks are no findings. */
function byRules(...judgements: readonly Judgement[]): Result {
  const findings = judgements.flatMap((judged): Finding[] => {
    if (judged.kind !== "verdict" || judged.verdict.severity === "info") return [];
    const { problem, severity, message, layer, prescription } = judged.verdict;
    const [first] = prescription;
    return [
      {
        problem,
        severity,
        message,
        ...(layer !== undefined && { layer }),
        ...(first && { advice: first.text, ...(first.code !== undefined && { code: first.code }) }),
      },
    ];
  });
  const missing = judgements.flatMap((judged) => (judged.kind === "notEnough" ? [judged.missing] : []));
  return { findings, ...(missing.length > 0 && { why: `it needs ${missing.join(", and ")}` }) };
}

function initialLoss(view: RunView, { outputs }: BatchFacts): Result {
  const judged = badInitialization.judge(view);
  const { findings } = byRules(judged);
  if (findings.length > 0) return { findings };
  const odd = outputs.find((output) => isOdd(output));
  if (!odd) return { findings: [] };
  const { name, classes = 0, value } = odd;
  const of = outputs.length === 1 ? "" : ` of ${name}`;
  if (!Number.isFinite(value))
    return {
      findings: [
        {
          problem: "NotFinite",
          severity: "error",
          message: `The first loss${of} is ${value}: numbers overflow before anything is learnt.`,
          advice:
            "Look at inputs and targets for NaN and infinities, and at the spread that the weights begin with",
        },
      ],
    };
  return {
    findings: [
      {
        severity: "warning",
        message: `The first loss${of} is ${shortNumber(value, 3)}, far above the ln ${classes} = ${Math.log(classes).toFixed(2)} of guessing: the model begins sure of what is wrong.`,
        advice:
          "Bring inputs to mean 0 and deviation 1, and begin with weights whose spread keeps the size of what goes through: He for ReLU, Glorot for tanh and sigmoid",
      },
    ],
  };
}

function isOdd({ loss, classes, value }: BatchFacts["outputs"][number]): boolean {
  if (!Number.isFinite(value)) return true;
  const isOfClasses = loss === "crossEntropy" || loss === "binaryCrossEntropy";
  return isOfClasses && classes !== undefined && classes > 1 && value > firstLossFactor * Math.log(classes);
}

function oneBatch({ run }: RunView, facts: BatchFacts): Result {
  const { first, constant, tries, isLearnt, isCut } = facts;
  if (isLearnt) return { findings: [] };
  const kernels = (run.record.model?.layers ?? []).filter(({ initial }) => initial);
  if (kernels.length < leastKernels)
    return { findings: [], why: "a single layer may have little to learn from it" };
  if (!Number.isFinite(first)) return { findings: [], why: "its first loss is no number" };
  if (isCut) return { findings: [], why: "there was no time for it" };
  const best = Math.min(...tries.map(({ loss }) => (Number.isFinite(loss) ? loss : first)));
  const share = constant === undefined ? stuck.own : stuck.known;
  const below = (loss: number) => loss - (1 - share) * Math.abs(loss);
  if (best < below(constant ?? first)) return { findings: [] };
  const fell = best < below(first);
  // Of always giving the same answer.
  const isThere = constant !== undefined && best <= (2 - share) * constant;
  if (fell && !isThere)
    return { findings: [], why: `its loss falls too slowly at rates of ${ratesText(tries)} to tell` };
  return { findings: [{ severity: "warning", ...stuckText(facts) }] };
}

function ratesText(tries: BatchFacts["tries"]): string {
  const rates = tries.map(({ learningRate }) => learningRate);
  return `${shortNumber(Math.min(...rates))} to ${shortNumber(Math.max(...rates))}`;
}

function stuckText({ rows, first, constant, tries }: BatchFacts): Pick<Finding, "message" | "advice"> {
  const losses = tries.map(({ loss }) => loss).filter(Number.isFinite);
  const steps = Math.max(...tries.map((one) => one.steps));
  const end = losses.length > 0 ? shortNumber(Math.min(...losses), 4) : "no number";
  const same =
    constant === undefined ? "" : `, where always giving the same answer loses ${shortNumber(constant, 4)}`;
  return {
    message: `The model does not learn even one batch of ${rows} rows: ${steps} steps at rates of ${ratesText(tries)} bring the loss from ${shortNumber(first, 4)} to ${end} at best${same}.`,
    advice:
      "Look at what lies between inputs and loss: activations that are flat where they begin (ReLU with He instead), the initialisation, targets that belong to other rows; the doctor names it once an epoch is trained",
  };
}
