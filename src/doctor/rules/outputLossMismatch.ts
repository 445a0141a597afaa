/**
 * The model's output, its loss and its targets do not fit each other.
 *
 * By structure, where the record says what each output is taught (`outputFaults.ts`): of a person's own loss it has what
 * the loss answers to made-up outputs. By behaviour otherwise, as of other programs' runs:
 *  - The loss falls below 0 or to less than its beginning, while the accuracy falls to half of its first value or less, and
 *    ends below half of chance: the loss rewards what is wrong. (AUTOTRAINER: a negative loss is a wrong loss.)
 *  - Two softmaxes in a row: the outputs of the second lie in [1 / (1 + e·(K − 1)), e / (e + K − 1)], so the loss cannot
 *    fall below ln(e + K − 1) − 1, which is 1.461 for K = 10. It stands within 25 % above that bound while the accuracy is
 *    at least 0.8: probabilities of a model that is right so often have a cross-entropy far below (0.8: at most 0.5 + 0.2·ln 9
 *    = 0.94 where it spreads the rest evenly). For fewer than 5 classes the bound is no oddity (0.31 of 2), and is not judged.
 *
 * Evidence needed: `model.outputs` in the record, else losses and accuracies of 3 epochs and the number of classes. Healthy
 * runs have a pair that fits, and neither behaviour.
 */
import type { ModelSummary, OutputSummary } from "../../base/modelSummary.js";
import { tags } from "../../base/tags.js";
import { fitChange, fitLine, modelLine } from "../codeLine.js";
import { classesOf, type OutputFault, outputFault } from "../outputFaults.js";
import type { Rule } from "../rule.js";
import type { RunView } from "../runView.js";
import { healthy, type Judgement, notEnough, type Prescription } from "../verdict.js";

export const aboveFloor = 1.25;
export const highAccuracy = 0.8;
const leastClasses = 5;
const leastEpochs = 3;

export const outputLossMismatch: Rule = {
  problem: "OutputLossMismatch",
  judge(run) {
    const { model } = run.run.record;
    const judged = model?.outputs && byStructure(run, { ...model, outputs: model.outputs });
    return judged ?? byBehaviour(run, model?.outputs !== undefined);
  },
};

function byStructure(
  run: RunView,
  { outputs, layers }: ModelSummary & { readonly outputs: readonly OutputSummary[] },
): Judgement | undefined {
  for (const output of outputs) {
    const fault = outputFault(output, layers);
    if (fault) return verdict(fault, { layer: output.name, prescription: cures(run, output) });
  }
  return undefined;
}

function verdict(
  { severity, what, evidence }: OutputFault,
  { layer, epoch, prescription }: { layer?: string; epoch?: number; prescription: readonly Prescription[] },
): Judgement {
  return {
    kind: "verdict",
    verdict: {
      problem: "OutputLossMismatch",
      severity,
      message: `${what}.`,
      ...(layer !== undefined && { layer }),
      ...(epoch === undefined ? { step: 0 } : { epoch }),
      evidence,
      prescription,
    },
  };
}

function byBehaviour(run: RunView, isKnown: boolean): Judgement {
  const losses = run.epochs("loss");
  const accuracies = run.epochs("accuracy");
  if (Math.min(losses.length, accuracies.length) < leastEpochs || !losses.every(Number.isFinite))
    return isKnown
      ? healthy
      : notEnough(`what the outputs are taught, or losses and accuracies of at least ${leastEpochs} epochs`);
  const found = rewarded(run, losses, accuracies) ?? stuckAtFloor(run, losses, accuracies);
  return found ?? healthy;
}

function rewarded(
  run: RunView,
  losses: readonly number[],
  accuracies: readonly number[],
): Judgement | undefined {
  const [first, last] = [losses[0] as number, losses.at(-1) as number];
  const [before, after] = [accuracies[0] as number, accuracies.at(-1) as number];
  const chance = 1 / (classesIn(run) ?? 2);
  if (!(last < first && last < 0 && after <= before / 2 && after < chance / 2)) return undefined;
  const fault: OutputFault = {
    severity: "error",
    what: `The loss falls to ${last.toPrecision(3)} while the accuracy falls from ${before.toPrecision(2)} to ${after.toPrecision(2)}: it rewards what is wrong`,
    evidence: [
      {
        what: "loss of the last epoch",
        value: last,
        threshold: 0,
        crossed: "below",
        tag: tags.epoch("loss"),
      },
      {
        what: "accuracy of the last epoch",
        value: after,
        threshold: chance / 2,
        crossed: "below",
        tag: tags.epoch("accuracy"),
      },
    ],
  };
  return verdict(fault, { epoch: losses.length, prescription: [turned(run)] });
}

function stuckAtFloor(
  run: RunView,
  losses: readonly number[],
  accuracies: readonly number[],
): Judgement | undefined {
  const classes = classesIn(run);
  if (classes === undefined || classes < leastClasses) return undefined;
  const floor = Math.log(Math.E + classes - 1) - 1;
  const [loss, accuracy] = [losses.at(-1) as number, accuracies.at(-1) as number];
  if (loss < floor || loss > aboveFloor * floor || accuracy < highAccuracy) return undefined;
  const fault: OutputFault = {
    severity: "warning",
    what: `The loss stands at ${loss.toFixed(3)} though ${Math.round(100 * accuracy)} % of the answers are right: no lower than ln(e + ${classes - 1}) − 1 = ${floor.toFixed(3)}, as behind two softmaxes in a row`,
    evidence: [
      {
        what: "loss of the last epoch / ln(e + K − 1) − 1",
        value: loss / floor,
        threshold: aboveFloor,
        crossed: "below",
        unit: "×",
        tag: tags.epoch("loss"),
      },
      {
        what: "accuracy of the last epoch",
        value: accuracy,
        threshold: highAccuracy,
        crossed: "at least",
        tag: tags.epoch("accuracy"),
      },
    ],
  };
  const text =
    "Leave one of the two softmaxes out: give the loss the outputs before it (logits) or the softmax's, not both";
  return verdict(fault, { epoch: losses.length, prescription: [{ text }] });
}

/** As the record says it, or the units of the last layer with any. */
function classesIn({ run }: RunView): number | undefined {
  const { layers = [], outputs } = run.record.model ?? {};
  const [output] = outputs ?? [];
  if (output) return classesOf(output.target);
  const units = layers.findLast((layer) => layer.units !== undefined)?.units;
  return units === undefined || units < 2 ? undefined : units;
}

function turned(run: RunView): Prescription {
  return {
    text: "Turn the loss's sign around, or use the library's",
    ...fitChange(run, { loss: "crossEntropy" }),
  };
}

/** The pair that is made for such targets; what is right already stays. */
function cures(run: RunView, output: OutputSummary): Prescription[] {
  const classes = classesOf(output.target);
  return classes === undefined ? [forValues(run, output)] : [forClasses(run, output, classes)];
}

function forClasses(run: RunView, output: OutputSummary, classes: number): Prescription {
  const { activation, units, ownLoss, loss, name } = output;
  const { layers = [] } = run.run.record.model ?? {};
  const isOne =
    layers.filter((layer) => layer.activation === "softmax" || layer.kind === "Softmax").length < 2;
  const isLogits = activation === "linear" && units === classes;
  const keepsOutput = units > 1 && ((activation === "softmax" && isOne) || isLogits);
  const isUsual = !ownLoss && loss === "crossEntropy";
  const model = keepsOutput ? undefined : { classes };
  const fit = isUsual ? undefined : { loss: "crossEntropy" };
  const texts = [
    ...(model ? [`end the model in one softmax over ${classes} classes`] : []),
    ...(fit ? ['use the library\'s loss "crossEntropy", which looks behind a softmax by itself'] : []),
  ];
  const text = texts.join(", and ") || `one output for each class in ${name}`;
  return {
    text: text.charAt(0).toUpperCase() + text.slice(1),
    ...changed(run, { model, fit }),
  };
}

function forValues(run: RunView, { units }: OutputSummary): Prescription {
  return {
    text: "End the model in a linear layer, whose outputs have no bounds",
    ...changed(run, { model: { outputs: units }, fit: undefined }),
  };
}

interface Changed {
  readonly model: Readonly<Record<string, number>> | undefined;
  readonly fit: Readonly<Record<string, string>> | undefined;
}

function changed(run: RunView, { model, fit }: Changed): Pick<Prescription, "code" | "change"> {
  const lines = [...(model ? [modelLine(run, model)] : []), ...(fit ? [fitLine(run, fit)] : [])];
  return { code: lines.join("; "), change: { ...(model && { model }), ...(fit && { fit }) } };
}
