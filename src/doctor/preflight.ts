/**
 * What the doctor says before a training's first step: the rules that need no epoch, and what a few steps on one batch show.
 *
 * Rules judge as they do of a run: leak between splits, scale of inputs and targets, balance of classes, output and loss,
 * how the weights begin; of the first three steps dead layers, gradients that vanish or explode, units that are off or saturated.
 * Of these the roots are told, as of a run (`causes.ts`). Beside them:
 *  - Initial loss: of a cross-entropy about ln K, the loss of equal chances, and ln 2 of a binary one (TheDeepChecker, TOSEM 2023;
 *    Karpathy's recipe, 2019). What a beginning adds to it comes from the spread of the outputs, about half of their variance
 *    whatever K is, so that a finding is a loss by `surelyWrong` = 4 ln 10 above it: the right class has less than a ten-thousandth of the
 *    chance of guessing, in the geometric mean. Narrow nets that learn well begin up to 3.5 above; below it begin models that
 *    were trained before. A finding too where it is no number.
 *  - One batch: TheDeepChecker asks that a batch of 16 be learnt nearly whole in 1,000 steps. Here the loss only has to fall, since
 *    noise layers and weight decay are left as they are: a finding where in 40 steps at each of four rates and 1,000 at the
 *    training's own the mean of the last ones stays above 0.997 of the first loss, or ends within 0.3 % of what always giving the same
 *    answer loses, so that what goes in changes nothing. One that falls, but not that far, is left open: a rate may be too low
 *    for so few steps. Beside a person's own loss the first loss counts alone, and 0.999 of it. A model of one layer has nothing to
 *    lose a gradient in.
 */
import { OutOfTime } from "../base/deadline.js";
import type { PreflightCheckName, PreflightFinding, PreflightRecord } from "../base/preflightRecord.js";
import { shortNumber } from "../base/table.js";
import type { RunData } from "../track/index.js";
import { rootOf } from "./causes.js";
import { badInitialization } from "./rules/badInitialization.js";
import { classImbalance } from "./rules/classImbalance.js";
import { dataLeak } from "./rules/dataLeak.js";
import { deadLayer } from "./rules/deadLayer.js";
import { dyingReLU } from "./rules/dyingReLU.js";
import { explodingGradient } from "./rules/explodingGradient.js";
import { outputLossMismatch } from "./rules/outputLossMismatch.js";
import { saturatedActivation } from "./rules/saturatedActivation.js";
import { unnormalizedInput } from "./rules/unnormalizedInput.js";
import { targetScale } from "./rules/unnormalizedTarget.js";
import { vanishingGradient } from "./rules/vanishingGradient.js";
import { type RunView, viewRun } from "./runView.js";
import type { Judgement, Verdict } from "./verdict.js";

export const stuck = { known: 0.997, own: 0.999 } as const;
/** Nats. */
export const surelyWrong = 4 * Math.log(10);
const leastKernels = 2;
const late = new OutOfTime().message;

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

/** Why something of the data is not known, as a part of a sentence. */
export interface NotKnown {
  /** All of it. */
  readonly data?: string;
  /** Which rows splits have in common. */
  readonly rows?: string;
}

/**
 * @param run what is known of the run: its record, its data, and as its scalars what the first steps on the batch measured
 * @param batch or why there was none
 */
export function preflight(
  run: RunData,
  batch: BatchFacts | { readonly why: string },
  { data, rows }: NotKnown = {},
): Omit<PreflightRecord, "seconds"> {
  // A run that has not begun has no folder, nor has it answered to a sample.
  const view = viewRun(run, { rowLosses: () => undefined });
  const without = "why" in batch ? notTried(batch.why) : undefined;
  const unknown = data === undefined ? undefined : notTried(data);
  const leak = unknown ?? byRules(dataLeak.judge(view));
  const [input, target] = [unnormalizedInput.judge(view), targetScale(view)];
  const [output, start] = [outputLossMismatch.judge(view), badInitialization.judge(view)];
  const grounds = alarmsIn([input, target, output, start]);
  const found: readonly Checked[] = [
    ["leak between splits", rows === undefined || leak.findings.length > 0 ? leak : notTried(rows)],
    ["scale of inputs and targets", unknown ?? byRules(input, target)],
    ["balance of classes", unknown ?? byRules(classImbalance.judge(view))],
    ["output and loss", byRules(output)],
    ["initial loss", without ?? initialLoss(start, batch as BatchFacts)],
    ["gradients", without ?? gradients(view, grounds, batch as BatchFacts)],
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

type Alarm = Verdict & { readonly severity: "error" | "warning" };

/** Remarks are no findings. */
function alarmsIn(judgements: readonly Judgement[]): Alarm[] {
  return judgements.flatMap((judged) =>
    judged.kind === "verdict" && isAlarm(judged.verdict) ? [judged.verdict] : [],
  );
}

function isAlarm(verdict: Verdict): verdict is Alarm {
  return verdict.severity !== "info";
}

function findingOf({ problem, severity, message, layer, prescription: [first] }: Alarm): Finding {
  return {
    problem,
    severity,
    message,
    ...(layer !== undefined && { layer }),
    ...(first && { advice: first.text, ...(first.code !== undefined && { code: first.code }) }),
  };
}

function byRules(...judgements: readonly Judgement[]): Result {
  const findings = alarmsIn(judgements).map(findingOf);
  const missing = judgements.flatMap((judged) => (judged.kind === "notEnough" ? [judged.missing] : []));
  return { findings, ...(missing.length > 0 && { why: `it needs ${missing.join(", and ")}` }) };
}

/**
 * What keeps gradients from layers: whether all are reached is what the rule on dead layers says; the others say why not, or that it
 * is soon so. Of them the root is told; where all follow from what was found before, the first with its cause.
 */
function gradients(view: RunView, before: readonly Alarm[], { isCut }: BatchFacts): Result {
  const dead = deadLayer.judge(view);
  const others = [explodingGradient, dyingReLU, saturatedActivation, vanishingGradient];
  const alarms = alarmsIn([...others.map((rule) => rule.judge(view)), dead]);
  if (alarms.length === 0) return isCut && dead.kind === "notEnough" ? notTried(late) : byRules(dead);
  const all = [...before, ...alarms];
  const roots = alarms.filter((alarm) => rootOf(alarm, all) === undefined);
  if (roots.length > 0) return { findings: roots.map(findingOf) };
  const [first] = alarms as [Alarm];
  return { findings: [{ ...findingOf(first), follows: rootOf(first, all)?.problem as string }] };
}

function initialLoss(start: Judgement, { outputs }: BatchFacts): Result {
  const { findings } = byRules(start);
  if (findings.length > 0) return { findings };
  const odd = outputs.find((output) => isOdd(output));
  if (!odd) return { findings: [] };
  const { name, value } = odd;
  const chances = chancesOf(odd);
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
        message: `The first loss${of} is ${shortNumber(value, 3)}, far above the ln ${chances} = ${Math.log(chances).toFixed(2)} of guessing: the model begins sure of what is wrong.`,
        advice:
          "Bring inputs to mean 0 and deviation 1, and begin with weights whose spread keeps the size of what goes through: He for ReLU, Glorot for tanh and sigmoid",
      },
    ],
  };
}

function isOdd(output: BatchFacts["outputs"][number]): boolean {
  return !Number.isFinite(output.value) || output.value > Math.log(chancesOf(output)) + surelyWrong;
}

/** Between how many answers a guess chooses; NaN of values. */
function chancesOf({ loss, classes = Number.NaN }: BatchFacts["outputs"][number]): number {
  if (loss === "binaryCrossEntropy") return 2;
  return loss === "crossEntropy" ? classes : Number.NaN;
}

function oneBatch({ run }: RunView, facts: BatchFacts): Result {
  const { first, constant, tries, isLearnt, isCut } = facts;
  if (isLearnt) return { findings: [] };
  const kernels = (run.record.model?.layers ?? []).filter(({ initial }) => initial);
  if (kernels.length < leastKernels)
    return { findings: [], why: "a single layer may have little to learn from it" };
  if (!Number.isFinite(first)) return { findings: [], why: "its first loss is no number" };
  if (isCut) return { findings: [], why: late };
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

/** Such as `40 steps at rates of 0.001 to 1, and 1,000 at 0.01`. */
function stepsText(tries: BatchFacts["tries"]): string {
  const last = tries.at(-1);
  const least = Math.max(0, ...tries.slice(0, -1).map(({ steps }) => steps)) || (last?.steps ?? 0);
  const long = last && last.steps > least ? last : undefined;
  const more = long
    ? `, and ${long.steps.toLocaleString("en-US")} at ${shortNumber(long.learningRate)},`
    : "";
  return `${least} steps at rates of ${ratesText(tries)}${more}`;
}

function ratesText(tries: BatchFacts["tries"]): string {
  const rates = tries.map(({ learningRate }) => learningRate);
  return `${shortNumber(Math.min(...rates))} to ${shortNumber(Math.max(...rates))}`;
}

function stuckText({ rows, first, constant, tries }: BatchFacts): Pick<Finding, "message" | "advice"> {
  const losses = tries.map(({ loss }) => loss).filter(Number.isFinite);
  const end = losses.length > 0 ? shortNumber(Math.min(...losses), 4) : "no number";
  const same =
    constant === undefined ? "" : `, where always giving the same answer loses ${shortNumber(constant, 4)}`;
  return {
    message: `The model does not learn even one batch of ${rows} rows: ${stepsText(tries)} bring the loss from ${shortNumber(first, 4)} to ${end} at best${same}.`,
    advice:
      "Look at what lies between inputs and loss: activations that are flat where they begin (ReLU with He instead), the initialisation, targets that belong to other rows; the doctor names it once an epoch is trained",
  };
}
