/**
 * ReLU units are off for every sample: they have no slope there, so no gradient turns them on again.
 *
 * A unit counts as dead on a sampled step where its output is 0 in every row of the batch (`activationDead`). Where that
 * was not recorded, the share of outputs that are 0 stands for it, else the share of a layer's biases without a gradient.
 *
 * Alarm when, in a hidden layer, the share of dead units at the end (median of the last quarter of the sampled steps) is
 * at least 0.6. TheDeepChecker (TOSEM 2023) says more than half of the units, AUTOTRAINER (ICSE 2021) at least 70 % of
 * the gradients; deep and narrow nets that learn well have up to 0.45 from their beginning. Outputs of 0 are half of all
 * in a healthy layer, so that of these 0.9 are asked for; of gradients AUTOTRAINER's 0.7. In batches of less than 16
 * rows many a living unit is off, so that all units must be.
 *
 * An error in a run that learns badly (`accuracyGate`), a warning where that is not known, in a run that learns a remark.
 * Units that are off from the first step were initialised so; those that die later were thrown there by updates.
 */

import { rectifiers } from "../../base/activations.js";
import { shortNumber } from "../../base/table.js";
import { tags } from "../../base/tags.js";
import { accuracyGate, type Gate } from "../accuracyGate.js";
import { modelChange } from "../codeLine.js";
import {
  endsAbove,
  hiddenOutputs,
  type LayerOutputs,
  lacksActivation,
  lastOf,
  onset,
} from "../layerOutputs.js";
import { lowerRate } from "../rateChange.js";
import { shrunkBy } from "../restraints.js";
import type { Rule } from "../rule.js";
import type { RunView } from "../runView.js";
import { median } from "../statistics.js";
import {
  type Evidence,
  healthy,
  type Judgement,
  notEnough,
  type Prescription,
  type Problem,
  type Severity,
} from "../verdict.js";

export const deadThreshold = 0.6;
export const zeroThreshold = 0.9;
export const gradientThreshold = 0.7;
/** Of batches of fewer rows so many units must be off. */
export const fewRows = { rows: 16, threshold: 1 };
const leastSteps = 3;

/** What tells dead units, the best first. */
const measures = [
  { tagOf: tags.activationDead, threshold: deadThreshold, what: "units that are 0 in every row of a batch" },
  { tagOf: tags.activationZero, threshold: zeroThreshold, what: "outputs that are 0" },
  {
    tagOf: (layer: string) => tags.gradientZero(`${layer}/bias`),
    threshold: gradientThreshold,
    what: "biases without a gradient",
  },
] as const;

export const dyingReLU: Rule = {
  problem: "DyingReLU",
  judge(run) {
    if (lacksActivation(run, rectifies)) return healthy;
    const units = recordedUnits(run);
    if (!units)
      return notEnough(
        `the share of outputs that are 0, in layers with ReLU, on at least ${leastSteps} sampled steps`,
      );
    const dead = units.layers.filter(({ values }) => endsAbove(values, units.threshold));
    return dead.length > 0 ? verdict(run, { ...units, dead }) : healthy;
  },
};

interface Units {
  /** Of all hidden layers that rectify. */
  readonly layers: readonly LayerOutputs[];
  readonly threshold: number;
  readonly what: string;
}

function rectifies(activation: string | undefined): boolean {
  return activation !== undefined && rectifiers.includes(activation);
}

function recordedUnits(run: RunView): Units | undefined {
  const { batchSize } = run.run.record.config;
  const isSmall = typeof batchSize === "number" && batchSize < fewRows.rows;
  for (const { tagOf, threshold, what } of measures) {
    // Only layers that rectify have a share of dead units.
    const isAsked = (activation: string | undefined) =>
      rectifies(activation) || (activation === undefined && tagOf === tags.activationDead);
    const layers = hiddenOutputs(run, tagOf, isAsked);
    if (layers.length > 0 && layers.every(({ values }) => values.length >= leastSteps))
      return { layers, what, threshold: isSmall ? fewRows.threshold : threshold };
  }
  return undefined;
}

interface Found extends Units {
  readonly dead: readonly LayerOutputs[];
}

const severities: Readonly<Record<Gate["learns"], Severity>> = {
  badly: "error",
  unknown: "warning",
  well: "info",
};

function verdict(run: RunView, found: Found): Judgement {
  const { dead, threshold, what } = found;
  const gate = accuracyGate(run);
  const first = dead[0] as LayerOutputs;
  const at = onset(first.values, threshold) as number;
  const evidence: Evidence = {
    what: `share of ${what}, in ${first.layer} at the end`,
    value: 100 * median(lastOf(first.values)),
    threshold: 100 * threshold,
    crossed: "at least",
    unit: " %",
    tag: first.tag,
  };
  const isStart = at === 0 && run.run.record.resumed === 0;
  return {
    kind: "verdict",
    verdict: {
      problem: "DyingReLU",
      severity: severities[gate.learns],
      message: sentence(found, isStart),
      layer: first.layer,
      step: first.steps[at] as number,
      evidence: [evidence, ...(gate.learns === "badly" ? gate.evidence : [])],
      prescription: prescriptions(run, isStart),
      mayFollow: isStart ? causes.atTheStart : [...causes.later, ...shrunkBy(run)],
    },
  };
}

/**
 * Inputs far off throw units to one side, at once or by their gradients. What dies later was thrown by steps: by those that exploded
 * rather than by the beginning behind them. Wrong labels keep gradients large.
 */
const causes: Readonly<Record<"atTheStart" | "later", readonly Problem[]>> = {
  atTheStart: ["UnnormalizedInput", "BadInitialization"],
  later: [
    "UnnormalizedInput",
    "UnnormalizedTarget",
    "OutputLossMismatch",
    "ExplodingGradient",
    "BadInitialization",
    "LearningRateTooHigh",
    "BatchTooSmall",
    "LabelNoise",
  ],
};

function sentence({ dead, layers, what, threshold }: Found, isStart: boolean): string {
  const first = dead[0] as LayerOutputs;
  const share = Math.round(100 * median(lastOf(first.values)));
  const where =
    dead.length === 1
      ? first.layer
      : `${first.layer}, and at least ${shortNumber(100 * threshold)} % in ${dead.length - 1} more of ${layers.length} layers with ReLU`;
  const since = isStart ? "from the first step on" : "once it had begun";
  return `${share} % of ${what} in ${where}, ${since}: a ReLU that is off has no slope, so nothing turns it on again.`;
}

const inputs: Prescription = {
  text: "Look at the inputs: where they are 0 for every sample, or far from 0, units are off whatever their weights",
};

/** The order of AUTOTRAINER's repairs; where units die later, the rate that threw them first. */
function prescriptions(run: RunView, isStart: boolean): Prescription[] {
  const slower = lowerRate(run, "large updates throw units off for good");
  const selu: Prescription = {
    text: "Use SELU with LeCun initialisation: it has a slope on both sides, and keeps mean and variance from layer to layer",
    ...modelChange(run, { activation: "selu", initializer: "lecunNormal" }),
  };
  return [
    ...(isStart ? [selu] : [slower, selu]),
    {
      text: "Initialise kernels with He and biases with 0, so that half of the sums begin above 0",
      ...modelChange(run, { initializer: "heNormal" }),
    },
    {
      text: "Put batch normalisation between sum and ReLU: half of the sums lie above 0 then",
      ...modelChange(run, { batchNorm: true }),
    },
    {
      text: "Or use an activation with a slope on both sides, as ELU and LeakyReLU have",
      ...modelChange(run, { activation: "elu" }),
    },
    ...(isStart ? [slower, inputs] : []),
  ];
}
