/**
 * Gradients shrink from layer to layer on their way to the input, so that the first layers do not learn.
 *
 * A sampled step counts as vanished when
 *  - ‖g₁‖ / ‖g_L‖ < 1e-3 (AUTOTRAINER, ICSE 2021), and the least-squares line through ln ‖g‖ against depth
 *    falls by a factor of 100 or more over the depth: so it is the depth, not one odd layer; or
 *  - mean |g₁| < 1e-7 (SageMaker Debugger; DeepDiagnosis, ICSE 2022), while less than 70 % of its entries are
 *    exact zeros (more would be dying ReLUs: AUTOTRAINER).
 *  - the same of the biases, where every layer has one: what a kernel's gradient is multiplied by, the outputs before it, falls
 *    forwards as the gradient falls backwards where weights begin too small, so that kernels' norms are all alike, and
 *    next to nothing. A bias's gradient is what comes back alone. Asked only where outputs fall to a thirtieth from
 *    the first hidden layer to the last (`shrinkActivation`).
 *  - milder, both ‖g₁‖ / ‖g_L‖ and the fitted fall below 0.1, where three hidden layers or more all have activations that flatten
 *    (sigmoid, tanh), the training loss never left its beginning (`LossNotDecreasing`), and it was so on half of the steps and on
 *    the first, where the norm fell from each layer to the one before. Few sigmoids are enough to stay there (Glorot and Bengio, AISTATS 2010);
 *    a rate that throws outputs into flat ends begins with a ratio of about 1.
 * Absolute values alone miss relative decay; the ratio alone misses a net that is flat everywhere.
 *
 * Alarm, in a run that learns badly (`accuracyGate`): at least half of the sampled steps vanished (error), or the
 * first one (warning: an adaptive optimiser dug itself out, and lost that time). In a run that learns it is a
 * remark; but a warning where it was so at the first step and outputs shrink to less than a thousandth on their way, by the
 * ratio that gradients have: weights that begin so small cost time even where an optimiser makes up for them. Not judged is
 * what was there at the first sampled step, of weights that a penalty has shrunk to a quarter since:
 * TooStrongRegularization tells that. Healthy runs have a ratio of 0.1 to 18 at any time.
 */
import { tags } from "../../base/tags.js";
import { accuracyGate, type Gate } from "../accuracyGate.js";
import { hiddenUnits, modelChange, saturating } from "../codeLine.js";
import { type DepthSample, samplesOfDepth } from "../depthSamples.js";
import { restraintsOf } from "../restraints.js";
import type { Rule } from "../rule.js";
import type { LayerGradients, RunView } from "../runView.js";
import { median } from "../statistics.js";
import {
  type Evidence,
  healthy,
  type Judgement,
  notEnough,
  type Prescription,
  type Severity,
} from "../verdict.js";
import { shrinkActivation } from "./badInitialization.js";
import { staysAtFirstLoss } from "./lossNotDecreasing.js";

export const ratioThreshold = 1e-3;
export const fittedThreshold = 1e-2;
/** Of both, where the run stands still behind layers that flatten. */
export const mildThreshold = 0.1;
const leastFlattening = 3;
export const meanAbsThreshold = 1e-7;
const limits: Limits = { ratio: ratioThreshold, fitted: fittedThreshold };
export const zeroShare = 0.7;
export const sustainedShare = 0.5;
const leastLayers = 2;
const leastSteps = 3;

export const vanishingGradient: Rule = {
  problem: "VanishingGradient",
  judge(run) {
    const { layers } = run;
    if (layers.length < leastLayers) return notEnough(`gradient norms of at least ${leastLayers} layers`);
    const samples = samplesOfDepth(run);
    if (samples.length < leastSteps)
      return notEnough(
        `finite gradients other than 0 on at least ${leastSteps} sampled steps${allZero(layers)}`,
      );
    const vanished = samples.filter(isVanished);
    const share = vanished.length / samples.length;
    const mild = share < sustainedShare ? mildlyIn(run, samples) : undefined;
    if (mild) return verdict(run, mild);
    const atFirst = isVanished(samples[0]!);
    if (share < sustainedShare && !atFirst) return healthy;
    if (!atFirst && restraintsOf(run).some(({ kind }) => kind === "penalty")) return healthy;
    return verdict(run, { samples, vanished, share, limits });
  },
};

/** Dead ReLUs (below 0 for every row) or a saturated output leave the last layer's gradient at 0: finite, but silent. */
function allZero(layers: readonly LayerGradients[]): string {
  const last = layers.at(-1)!;
  const silent = last.l2.filter((norm) => norm === 0).length;
  return silent === 0
    ? ""
    : ` (on ${silent} of ${last.l2.length} the gradient of ${last.layer} is 0: dead or saturated units)`;
}

function isVanished({ ratio, fitted, meanAbs, zero, outputs, biases }: DepthSample): boolean {
  if (zero >= zeroShare) return false;
  return (
    isDecayed({ ratio, fitted }) ||
    (outputs < shrinkActivation && biases !== undefined && isDecayed(biases)) ||
    meanAbs < meanAbsThreshold
  );
}

function isDecayed({ ratio, fitted }: { readonly ratio: number; readonly fitted: number }): boolean {
  return ratio < ratioThreshold && fitted < fittedThreshold;
}

/** Steps whose gradients fall less, of a run that stands still behind layers that flatten. */
function mildlyIn(run: RunView, samples: readonly DepthSample[]): Found | undefined {
  const hidden = run.layers.slice(0, -1).map(({ activation }) => activation);
  const flatten =
    hidden.length >= leastFlattening &&
    hidden.every((activation) => activation !== undefined && saturating.includes(activation));
  if (!flatten) return undefined;
  const isMild = ({ ratio, fitted, zero }: DepthSample) =>
    zero < zeroShare && ratio < mildThreshold && fitted < mildThreshold;
  const [first] = samples as [DepthSample];
  const falls = first.l2.every((norm, i) => i === 0 || norm > (first.l2[i - 1] as number));
  const vanished = samples.filter(isMild);
  const share = vanished.length / samples.length;
  if (!isMild(first) || !falls || share < sustainedShare || !staysAtFirstLoss(run)) return undefined;
  return { samples, vanished, share, limits: { ratio: mildThreshold, fitted: mildThreshold } };
}

/** By how the run learns, and how long its gradients had vanished. */
const severities: Readonly<Record<Gate["learns"], Record<"sustained" | "atTheStart", Severity>>> = {
  badly: { sustained: "error", atTheStart: "warning" },
  unknown: { sustained: "warning", atTheStart: "info" },
  well: { sustained: "info", atTheStart: "info" },
};

interface Found {
  readonly samples: readonly DepthSample[];
  readonly vanished: readonly DepthSample[];
  readonly share: number;
  readonly limits: Limits;
}

interface Limits {
  readonly ratio: number;
  readonly fitted: number;
}

function verdict(run: RunView, found: Found): Judgement {
  const gate = accuracyGate(run);
  const { vanished, samples, share } = found;
  const { layer } = run.layers[0]!;
  const severity = severities[gate.learns][share >= sustainedShare ? "sustained" : "atTheStart"];
  const lost = beginsLost(found) && gate.learns !== "badly";
  return {
    kind: "verdict",
    verdict: {
      problem: "VanishingGradient",
      severity: lost ? "warning" : severity,
      message: sentence(run, found),
      layer,
      step: vanished[0]!.step,
      evidence: [
        ...gradientEvidence(run, found),
        ...(lost ? [outputsEvidence(run, samples[0]!)] : []),
        ...gate.evidence,
      ],
      prescription: prescriptions(run),
      mayFollow: [
        "UnnormalizedInput",
        // What was so at the first step no update brought about.
        ...(vanished[0] === samples[0] ? [] : (["OutputLossMismatch"] as const)),
        "BadInitialization",
        "DyingReLU",
        "SaturatedActivation",
      ],
    },
  };
}

/** Neither outputs nor gradients got through at the first sampled step. */
function beginsLost({ samples: [first], vanished }: Found): boolean {
  return vanished[0] === first && first!.outputs < ratioThreshold;
}

function outputsEvidence({ layers }: RunView, { outputs }: DepthSample): Evidence {
  const [first, last] = [layers[0]!.layer, layers.at(-2)!.layer];
  return {
    what: `mean |a| of ${last} / that of ${first} at the first sampled step`,
    value: outputs,
    threshold: ratioThreshold,
    crossed: "below",
    tag: tags.activationMeanAbs(last),
  };
}

function sentence(
  run: RunView,
  {
    vanished,
    samples,
    share,
  }: { vanished: readonly DepthSample[]; samples: readonly DepthSample[]; share: number },
): string {
  const { layers } = run;
  const names = `${layers.at(-1)!.layer} to ${layers[0]!.layer}`;
  const factor = 10 ** Math.round(-Math.log10(median(vanished.map(({ ratio }) => ratio))));
  const shrink =
    factor >= 10
      ? `The gradient shrinks about ${factor.toLocaleString("en-US")} times from ${names}`
      : `The gradient is next to nothing in all layers from ${names}`;
  const effect =
    share >= sustainedShare ? "the first layers hardly learn" : "the first layers begin to learn late";
  const when =
    share >= sustainedShare
      ? `on ${vanished.length} of ${samples.length} sampled steps`
      : `at the beginning, on ${vanished.length} of ${samples.length} sampled steps`;
  return `${shrink}, ${when}: ${effect}.`;
}

function gradientEvidence({ layers }: RunView, { vanished, samples, limits }: Found): Evidence[] {
  const [first, last] = [layers[0]!, layers.at(-1)!];
  const tag = tags.gradientL2(first.weight);
  const of = (what: keyof DepthSample & ("ratio" | "fitted" | "meanAbs")) =>
    median(vanished.map((sample) => sample[what]));
  const depth = layers.length - 1;
  const evidence: Evidence[] = [];
  if (of("ratio") < limits.ratio) {
    const what = `‖g‖ of ${first.layer} / ‖g‖ of ${last.layer}, median of the steps where it vanished`;
    evidence.push({ what, value: of("ratio"), threshold: limits.ratio, crossed: "below", tag });
  }
  if (of("fitted") < limits.fitted) {
    const what = `change of ‖g‖ per layer towards the input, fitted over ${layers.length} layers`;
    const perLayer = (factor: number) => factor ** (1 / depth);
    evidence.push({
      what,
      value: perLayer(of("fitted")),
      threshold: perLayer(limits.fitted),
      crossed: "below",
      unit: "×",
      tag,
    });
  }
  if (of("meanAbs") < meanAbsThreshold) {
    const what = `mean |g| of ${first.layer}`;
    const meanTag = tags.gradientMeanAbs(first.weight);
    evidence.push({
      what,
      value: of("meanAbs"),
      threshold: meanAbsThreshold,
      crossed: "below",
      tag: meanTag,
    });
  }
  const biases = median(
    vanished.flatMap(({ outputs, biases }) => (outputs < shrinkActivation && biases ? [biases.ratio] : [])),
  );
  if (evidence.length === 0 && biases < ratioThreshold)
    evidence.push({
      what: `‖g‖ of the bias of ${first.layer} / that of ${last.layer}, median of the steps where it vanished`,
      value: biases,
      threshold: ratioThreshold,
      crossed: "below",
      tag: tags.gradientL2(`${first.layer}/bias`),
    });
  const share = {
    what: "share of the sampled steps where it vanished",
    value: vanished.length / samples.length,
  };
  if (share.value >= sustainedShare)
    evidence.push({ ...share, threshold: sustainedShare, crossed: "at least", tag });
  return evidence;
}

/** The order of AUTOTRAINER's repairs and of the tuning texts: activation with its initialiser, normalisation, depth. */
function prescriptions(run: RunView): Prescription[] {
  const { layers } = run;
  const activation = layers[0]!.activation;
  const flat = activation === undefined || saturating.includes(activation);
  const name = activation ?? "saturating activation";
  const change: Prescription[] = [
    {
      text: `Use ReLU instead of ${name}, with He initialisation: its slope is 1 where it is active, so the gradient keeps its size`,
      ...modelChange(run, { activation: "relu", initializer: "heNormal" }),
    },
    {
      text: `Or SELU with LeCun initialisation, which also keeps mean and variance from layer to layer`,
      ...modelChange(run, { activation: "selu", initializer: "lecunNormal" }),
    },
  ];
  const init: Prescription = {
    text: "Initialise with He (ReLU and kin) or LeCun (SELU) instead of a fixed small spread",
    ...modelChange(run, { initializer: "heNormal" }),
  };
  return [
    ...(flat ? change : [init, change[1]!]),
    {
      text: "Put batch normalisation between sum and activation: it keeps the sums where the activation has a slope",
      ...modelChange(run, { batchNorm: true }),
    },
    ...shallower(run),
  ];
}

/** Nothing where there is one hidden layer only. */
function shallower(run: RunView): Prescription[] {
  const depth = run.layers.length - 1;
  if (depth < 2) return [];
  const text = `Use fewer hidden layers than ${depth}: each one takes its share of the gradient`;
  const units = hiddenUnits(run);
  if (units && units.length !== depth) return [{ text }];
  const hidden = (units ?? [128, 64]).slice(0, Math.min(2, depth - 1));
  return [{ text, ...modelChange(run, { hidden }) }];
}
