/**
 * The loss, a gradient, a weight or what a layer puts out is NaN or infinite: no update helps from there on.
 *
 * Alarm at the first number that is not finite (`firstNotFinite`; SageMaker Debugger, ExplodingTensor; DeepLocalize, ICSE
 * 2021, names the layer). It is named where it begins: of a step's weights and outputs the first layer, of gradients the
 * last, since they come from the output. One number is enough, as finite ones make none. A log that was torn holds none:
 * its last record is left out.
 *
 * An error; a warning where the losses are finite again later, as those steps were left out. Where the loss is scaled
 * (float16) gradients overflow now and then by design, and only a loss counts. Healthy runs have none.
 */
import { tags } from "../../base/tags.js";
import { fitChange } from "../codeLine.js";
import { firstNotFinite, type NotFiniteAt, type Place } from "../firstNotFinite.js";
import type { Rule } from "../rule.js";
import type { RunView } from "../runView.js";
import { healthy, type Judgement, notEnough, type Prescription } from "../verdict.js";
import { withoutOwnLayers } from "../withoutOwnLayers.js";

export const notFinite: Rule = {
  problem: "NotFinite",
  judge(run) {
    const found = firstNotFinite(run);
    if (found) return isMeant(run, found) ? healthy : verdict(run, found);
    const losses = [tags.train("loss"), tags.epoch("loss")].some((tag) => run.series(tag));
    return losses || run.layers.length > 0 ? healthy : notEnough("losses or gradients");
  },
};

/** The scale of a float16 loss is raised until gradients overflow. */
function isMeant(run: RunView, { place, recovered }: NotFiniteAt): boolean {
  return place === "gradients" && recovered && run.series(tags.lossScale) !== undefined;
}

function verdict(run: RunView, found: NotFiniteAt): Judgement {
  const { layer, step, epoch, evidence, recovered } = found;
  return {
    kind: "verdict",
    verdict: {
      problem: "NotFinite",
      severity: recovered ? "warning" : "error",
      message: sentence(found),
      ...(layer !== undefined && { layer }),
      ...(step === undefined ? { epoch: epoch as number } : { step }),
      evidence: [evidence],
      prescription: [...withoutOwnLayers(run, found.layer), ...prescriptions(run, found)],
      mayFollow: [
        "ExplodingGradient",
        "LearningRateTooHigh",
        "UnnormalizedInput",
        "UnnormalizedTarget",
        "OutputLossMismatch",
        "BadInitialization",
      ],
    },
  };
}

function sentence({ place, layer, value, step, epoch, recovered }: NotFiniteAt): string {
  const what: Record<Place, string> = {
    weights: `Weights of ${layer} are NaN or infinite`,
    outputs: `Outputs of ${layer} are NaN or infinite`,
    gradients: `The gradient of ${layer} is NaN or infinite`,
    loss: `The loss is ${value}`,
    validation: `The loss on validation is ${value}`,
  };
  const where = step === undefined ? `epoch ${epoch}` : `step ${step}`;
  return `${what[place]} at ${where}${recovered ? ", and finite again later" : ": nothing is learnt from there on"}.`;
}

function data(part: "train" | "validation"): Prescription {
  return {
    text: "Look for NaN and infinities in inputs and targets",
    code: `Array.from(dataset.${part}.x).findIndex((value) => !Number.isFinite(value))`,
  };
}

/** By where it begins. */
function prescriptions(run: RunView, { place }: NotFiniteAt): Prescription[] {
  const rate = run.learningRate;
  const updates: Prescription[] = [
    { text: "Clip the gradients to a global norm of 1", ...fitChange(run, { clipNorm: 1 }) },
    {
      text: "Lower the learning rate ten times",
      ...(rate !== undefined && fitChange(run, { learningRate: Number((rate / 10).toPrecision(3)) })),
    },
  ];
  const operation: Prescription = {
    text: "Look for a logarithm or root of 0 or less, a division by 0, and an exponential of a large number",
  };
  const by: Record<Place, Prescription[]> = {
    weights: [...updates, data("train")],
    outputs: [data("train"), operation, ...updates],
    gradients: [operation, ...updates, data("train")],
    loss: [data("train"), ...updates, operation],
    validation: [data("validation"), operation],
  };
  return by[place];
}
