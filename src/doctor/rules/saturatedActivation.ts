/**
 * Units of tanh, sigmoid and their kin lie in the flat ends of their activation, where almost no gradient passes.
 *
 * An output counts as saturated where the slope is at most 5 % of the steepest: |tanh| ≥ 0.975, a sigmoid of at most
 * 0.013 or at least 0.987 (`activationSaturated`).
 *
 * Alarm when, in a hidden layer, the median share of saturated outputs at the end (the last quarter of the sampled steps)
 * is at least 0.7. SageMaker Debugger and DeepDiagnosis (ICSE 2022) say more than half of the units; TheDeepChecker
 * (TOSEM 2023) a saturation index above 0.85. Healthy runs have at most 0.3, those whose weights begin ten times too
 * large 0.75 to 0.98; very deep sigmoids that wake up late pass 0.5 on their way. The model's outputs are not judged: a
 * sigmoid that is sure is to be flat.
 *
 * An error in a run that learns badly (`accuracyGate`), a warning where that is not known. In a run that learns it is a
 * warning where it is so from the first step on, since it learned in spite of its beginning, else a remark: a net that is
 * sure saturates.
 */

import { tags } from "../../base/tags.js";
import { accuracyGate, type Gate } from "../accuracyGate.js";
import { modelChange, saturating } from "../codeLine.js";
import {
  endsAbove,
  hiddenOutputs,
  type LayerOutputs,
  lacksActivation,
  lastOf,
  onset,
} from "../layerOutputs.js";
import { lowerRate } from "../rateChange.js";
import { narrowedBy, shrunkBy } from "../restraints.js";
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

export const saturatedThreshold = 0.7;
const leastSteps = 3;

export const saturatedActivation: Rule = {
  problem: "SaturatedActivation",
  judge(run) {
    if (lacksActivation(run, hasFlatEnds)) return healthy;
    const layers = hiddenOutputs(run, tags.activationSaturated, hasFlatEnds);
    if (layers.length === 0 || layers.some(({ values }) => values.length < leastSteps))
      return notEnough(
        `the share of saturated outputs, in layers with tanh or sigmoid, on at least ${leastSteps} sampled steps`,
      );
    const flat = layers.filter(({ values }) => endsAbove(values, saturatedThreshold));
    return flat.length > 0 ? verdict(run, { flat, layers }) : healthy;
  },
};

function hasFlatEnds(activation: string | undefined): boolean {
  return activation !== undefined && saturating.includes(activation);
}

const severities: Readonly<Record<Gate["learns"], Record<"atTheStart" | "later", Severity>>> = {
  badly: { atTheStart: "error", later: "error" },
  unknown: { atTheStart: "warning", later: "warning" },
  well: { atTheStart: "warning", later: "info" },
};

/** What was so at the start no update brought about. */
const causes: Readonly<Record<"atTheStart" | "later", readonly Problem[]>> = {
  atTheStart: ["UnnormalizedInput", "BadInitialization"],
  later: [
    "UnnormalizedInput",
    "UnnormalizedTarget",
    "OutputLossMismatch",
    "LearningRateTooHigh",
    "BatchTooSmall",
    "Oscillation",
    "VanishingGradient",
  ],
};

interface Found {
  readonly layers: readonly LayerOutputs[];
  readonly flat: readonly LayerOutputs[];
}

function verdict(run: RunView, found: Found): Judgement {
  const gate = accuracyGate(run);
  const [first] = found.flat as [LayerOutputs];
  const beginning = onset(first.values, saturatedThreshold) as number;
  const isStart =
    run.run.record.resumed === 0 && found.flat.some(({ values }) => onset(values, saturatedThreshold) === 0);
  const when = isStart ? "atTheStart" : "later";
  const names = found.flat.map(({ layer }) => layer);
  const evidence: Evidence = {
    what: `share of outputs of ${first.layer} in the flat ends of ${first.activation}, at the end`,
    value: 100 * median(lastOf(first.values)),
    threshold: 100 * saturatedThreshold,
    crossed: "at least",
    unit: " %",
    tag: first.tag,
  };
  return {
    kind: "verdict",
    verdict: {
      problem: "SaturatedActivation",
      severity: severities[gate.learns][when],
      message: sentence(found, isStart),
      layer: first.layer,
      step: first.steps[beginning] as number,
      evidence: [evidence, ...(gate.learns === "badly" ? gate.evidence : [])],
      prescription: prescriptions(run, found, isStart),
      mayFollow: isStart ? causes.atTheStart : [...causes.later, ...shrunkBy(run), ...narrowedBy(run, names)],
    },
  };
}

function sentence({ flat, layers }: Found, isStart: boolean): string {
  const [first] = flat as [LayerOutputs];
  const share = Math.round(100 * median(lastOf(first.values)));
  const more =
    flat.length === 1 ? "" : `, and in ${flat.length - 1} more of ${layers.length} such layers as many`;
  const since = isStart ? "from the first step on" : "once it had begun";
  return `${share} % of the outputs of ${first.layer} lie in the flat ends of ${first.activation}${more}, ${since}: almost no gradient passes there.`;
}

/**
 * What brings sums back to where the activation has a slope; a smaller rate first where updates threw them out. Kernels that
 * begin as Glorot's do are not at fault: then it is what goes in.
 */
function prescriptions(run: RunView, { flat }: Found, isStart: boolean): Prescription[] {
  const slower = lowerRate(run, "large updates throw the sums into the flat ends");
  const start: Prescription = {
    text: "Initialise with Glorot, which keeps the sums of tanh and sigmoid where they have a slope",
    ...modelChange(run, { initializer: "glorotUniform" }),
  };
  const inputs: Prescription = {
    text: "Scale the inputs to mean 0 and deviation 1: large ones make large sums",
  };
  const others: readonly Prescription[] = [
    {
      text: "Put batch normalisation between sum and activation: it keeps the sums around 0",
      ...modelChange(run, { batchNorm: true }),
    },
    {
      text: "Or use ReLU with He initialisation, which has no flat end above 0",
      ...modelChange(run, { activation: "relu", initializer: "heNormal" }),
    },
  ];
  if (isGlorot(run, flat)) return isStart ? [inputs, ...others, slower] : [slower, ...others, inputs];
  return isStart ? [start, ...others, inputs, slower] : [slower, ...others, inputs, start];
}

/** Whether the record says so of all of these layers. */
function isGlorot(run: RunView, flat: readonly LayerOutputs[]): boolean {
  const layers = run.run.record.model?.layers ?? [];
  const initializerOf = (name: string) => layers.find((layer) => layer.name === name)?.initializer;
  return flat.every(({ layer }) => /^glorot/i.test(initializerOf(layer) ?? ""));
}
