/**
 * A layer that is trained, but never learns: its gradient is exactly 0 on every sampled step, or its weights stay as they
 * are though it has one.
 *
 * Alarm when, on all of at least 3 sampled steps with finite gradients,
 *  - ‖g‖, but for a penalty's (`lossGradient`), is 0 for every weight of a layer: units are dead for every row
 *    (AUTOTRAINER's dying ReLU) or saturated, what comes after lets nothing through, as rounding and comparisons do, or
 *    no loss looks at it; or
 *  - ‖g‖ of its kernel is 0, while others of its weights have one: what goes into it is always 0; or
 *  - ‖update‖ of its kernel, or of all its weights, is 0: the rate is 0, or so small that float32 keeps the old values.
 *
 * Alarm too, whatever was sampled, where the record says of a layer before trained ones that it is not trained, and that it
 * never was, or lies between trained ones (`untrainedLayers`): a warning, or an error where the run learns badly.
 * It is an error where all weights of a layer are stuck in a run that learns badly (`accuracyGate`), else a warning.
 * Where another verdict says why, such as units that are off, it is a remark below that (`implied` in causes.ts).
 * The verdict's layer is the one beside which the gradient is lost: the last of which all weights are dead, since those
 * before it are cut off by it; else the first whose kernel is.
 *
 * No float32 gradient of a layer that is reached is exactly 0 in every entry at every sampled step: of the healthy runs
 * none is on any. Biases are not judged by themselves, since those before a normalisation have none by right; nor are
 * recurrent kernels, which sequences of one step never use; nor the slopes of PReLU, which inputs of 0 and more never
 * use; nor a run whose loss begins at 0.
 */
import { shortNumber } from "../../base/table.js";
import { tags } from "../../base/tags.js";
import { accuracyGate } from "../accuracyGate.js";
import { fitChange } from "../codeLine.js";
import { deadCauses } from "../deadCauses.js";
import { lossGradient } from "../lossGradient.js";
import type { Rule } from "../rule.js";
import { isKernel, layerOf, type RunView } from "../runView.js";
import { untrainedLayers } from "../untrainedLayers.js";
import { untrainedVerdict } from "../untrainedVerdict.js";
import { relativeGradient } from "../updates.js";
import {
  type Evidence,
  healthy,
  type Judgement,
  notEnough,
  type Prescription,
  type Problem,
} from "../verdict.js";
import { gradientThreshold } from "./learningRateTooLow.js";

const leastSteps = 3;

export const deadLayer: Rule = {
  problem: "DeadLayer",
  judge(run) {
    // First, since it is no symptom of another problem, as gradients that are 0 mostly are.
    const untrained = untrainedLayers(run);
    return untrained ? untrainedVerdict(run, untrained) : byGradients(run);
  },
};

function byGradients(run: RunView): Judgement {
  const layers = weightsByLayer(run);
  if (layers.size === 0) return notEnough("gradient norms");
  const finite = finiteSteps(run, [...layers.values()].flat());
  if (finite.length < leastSteps)
    return notEnough(`finite gradients on at least ${leastSteps} sampled steps`);
  if (run.epochs("loss")[0] === 0) return healthy;
  const given = new Map([...layers.values()].flat().map((name) => [name, lossGradient(run, name, finite)]));
  const dead: Stuck[] = [];
  const frozen: Stuck[] = [];
  for (const [layer, weights] of layers) {
    const silent = stuckIn({ layer, weights }, (weight) => given.get(weight) === "none");
    const isStill = (weight: string) => isNever(run, tags.updateRatio(weight), finite);
    const still = silent ? undefined : stuckIn({ layer, weights }, isStill);
    if (silent) dead.push(silent);
    if (still) frozen.push(still);
  }
  if (dead.length > 0) return verdict(run, { stuck: dead, finite, kind: "dead" });
  if (frozen.length > 0) return verdict(run, { stuck: frozen, finite, kind: "frozen" });
  // A bias that learns says that the loss reaches the layer.
  const unknown = [...layers].find(([, weights]) => {
    const gradients = weights.map((weight) => given.get(weight));
    return gradients.includes("unknown") && !gradients.includes("some");
  });
  return unknown ? notEnough(`the gradient of ${unknown[0]} without its penalty`) : healthy;
}

/** A layer, and the weight that shows it. */
interface Stuck {
  readonly layer: string;
  readonly weight: string;
  /** All its trained weights are stuck, rather than its kernel alone. */
  readonly whole: boolean;
}

/** The trained weights, whose gradients are logged, by their layer, input side first. */
function weightsByLayer({ run }: RunView): Map<string, string[]> {
  const prefix = tags.gradientL2("");
  const found = new Map<string, string[]>();
  for (const tag of run.scalars.keys()) {
    if (!tag.startsWith(prefix)) continue;
    const weight = tag.slice(prefix.length);
    found.set(layerOf(weight), [...(found.get(layerOf(weight)) ?? []), weight]);
  }
  const depth = new Map((run.record.model?.layers ?? []).map(({ name }, i) => [name, i]));
  const order = ([layer]: [string, string[]]) => depth.get(layer) ?? depth.size;
  return new Map([...found].sort((a, b) => order(a) - order(b)));
}

/** The sampled steps on which no gradient holds an entry that is not finite, by their place. */
function finiteSteps({ series }: RunView, weights: readonly string[]): number[] {
  const counts = weights.map((weight) => series(tags.gradientNonFinite(weight))?.values);
  const steps = series(tags.gradientL2(weights[0] as string))?.steps ?? [];
  return Array.from(steps, (_, i) => i).filter((i) => counts.every((count) => !(count?.[i] as number)));
}

/** Whether a series is 0 at all of these places. One that was not logged is not. */
function isNever({ series }: RunView, tag: string, places: readonly number[]): boolean {
  const values = series(tag)?.values;
  return values !== undefined && places.every((i) => values[i] === 0);
}

/** The layer's kernel if that is stuck, or its first weight if all are. */
function stuckIn(
  { layer, weights }: { readonly layer: string; readonly weights: readonly string[] },
  isStuck: (weight: string) => boolean,
): Stuck | undefined {
  if (weights.every((weight) => weight.endsWith("/alpha"))) return undefined;
  const kernels = weights.filter((weight) => isKernel(weight) && !weight.endsWith("recurrent_kernel"));
  const whole = weights.every(isStuck);
  const weight = kernels.find(isStuck) ?? (whole ? weights[0] : undefined);
  return weight === undefined ? undefined : { layer, weight, whole };
}

interface Found {
  readonly stuck: readonly Stuck[];
  readonly finite: readonly number[];
  readonly kind: "dead" | "frozen";
}

function verdict(run: RunView, found: Found): Judgement {
  const { stuck, finite, kind } = found;
  const { layer, weight, whole } = placeOf(found);
  const causes = kind === "dead" ? deadCauses(run, { layer, whole, places: finite }) : undefined;
  const gate = accuracyGate(run);
  const tag = kind === "dead" ? tags.gradientL2(weight) : tags.updateRatio(weight);
  const what = kind === "dead" ? `‖g‖ of ${weight} is ${zero(run, stuck)}` : `${weight} does not change`;
  const evidence: Evidence = {
    what: `share of ${finite.length} sampled steps on which ${what}`,
    value: 100,
    threshold: 100,
    crossed: "at least",
    unit: " %",
    tag,
  };
  const step = run.series(tag)?.steps[finite[0] as number];
  return {
    kind: "verdict",
    verdict: {
      problem: "DeadLayer",
      severity: gate.learns === "badly" && stuck.some((one) => one.whole) ? "error" : "warning",
      message: sentence(run, found),
      layer,
      ...(step !== undefined && { step }),
      evidence: [evidence, ...(causes?.evidence ?? []), ...(gate.learns === "badly" ? gate.evidence : [])],
      mayFollow:
        causes?.mayFollow ?? (hasSmallGradients(run, found) ? smallGradients : ["LearningRateTooLow"]),
      prescription: causes?.prescription ?? thaw(run),
    },
  };
}

/** What makes gradients of some layers so small that their weights stay. */
const smallGradients: readonly Problem[] = [
  "BadInitialization",
  "VanishingGradient",
  "DyingReLU",
  "SaturatedActivation",
];

/**
 * Where the last layer moves, the rate is not too small for all: the gradient may be, of those far from the loss. So it is
 * where the gradient is next to nothing beside the weights.
 */
function hasSmallGradients(run: RunView, { stuck, kind }: Found): boolean {
  const last = [...weightsByLayer(run).keys()].at(-1);
  if (kind === "frozen" && stuck.every(({ layer }) => layer !== last)) return true;
  return (relativeGradient(run, (stuck[0] as Stuck).weight) ?? gradientThreshold) < gradientThreshold;
}

/** The gradient comes from the output: the last layer that gets none is where it is lost. */
function placeOf({ stuck, kind }: Found): Stuck {
  const cut = kind === "dead" ? stuck.findLast(({ whole }) => whole) : undefined;
  return cut ?? (stuck[0] as Stuck);
}

/** What a layer's penalty adds is no sign that it learns. */
function zero({ run }: RunView, stuck: readonly Stuck[]): string {
  const penalised = new Set(run.record.model?.layers.flatMap((one) => (one.penalties ? [one.name] : [])));
  return stuck.some(({ layer }) => penalised.has(layer)) ? "0 but for the penalty's" : "exactly 0";
}

function sentence(run: RunView, { stuck, finite, kind }: Found): string {
  const whole = stuck.filter((one) => one.whole).map(({ layer }) => layer);
  const kernels = stuck.filter((one) => !one.whole).map(({ layer }) => layer);
  const which = [
    ...(whole.length > 0 ? [`all weights of ${some(whole)}`] : []),
    ...(kernels.length > 0 ? [`the ${kernels.length === 1 ? "kernel" : "kernels"} of ${some(kernels)}`] : []),
  ];
  return kind === "dead"
    ? `The gradients of ${which.join(" and of ")} are ${zero(run, stuck)} on all ${finite.length} sampled steps: nothing of the loss reaches them.`
    : `${which.join(" and ").replace(/^[a-z]/, (first) => first.toUpperCase())} stayed unchanged on all ${finite.length} sampled steps, though there were gradients.`;
}

function some(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 2).join(", ")} and ${names.length - 2} more` : names.join(", ");
}

function thaw(run: RunView): Prescription[] {
  const rate = run.learningRate;
  const higher = rate === undefined ? 1e-3 : Number((rate * 100).toPrecision(3));
  return [
    {
      text:
        rate === undefined
          ? "Raise the learning rate above 0"
          : `Raise the learning rate from ${shortNumber(rate)}: updates of less than a ten-millionth of a weight are lost in float32`,
      ...fitChange(run, { learningRate: higher }),
    },
    { text: "Look at what else makes the updates small: the schedule, clipping, losses weighted with 0" },
  ];
}
