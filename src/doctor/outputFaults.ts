/**
 * Whether an output, its loss and its targets fit each other, by what the run's record says of them.
 *
 * Pairs that fit: softmax or linear with the library's cross-entropy (which takes both for logits), linear with a
 * cross-entropy that has a softmax in it, sigmoid or linear with binary cross-entropy, linear with squared, absolute or
 * Huber error, sigmoid or tanh with these where the targets lie in its range. The rest follows from what the functions
 * are: a softmax of one number is 1, that of probabilities lies between 1 / (1 + e·(K − 1)) and e / (e + K − 1), a
 * logarithm has no value below 0, a ReLU none below 0. AUTOTRAINER's extension (Zhang et al., TDSC 2024) and
 * DeepDiagnosis (ICSE 2022) name the same pairs; UMLAUT (CHI 2021) asks for a softmax alone.
 */
import type { LayerSummary, OutputSummary, TargetSummary } from "../base/modelSummary.js";
import type { Evidence, Severity } from "./verdict.js";

export interface OutputFault {
  readonly severity: Severity;
  /** A sentence without its full stop. */
  readonly what: string;
  readonly evidence: readonly Evidence[];
}

/** Share of targets that the output cannot reach, from which on it is a fault. */
export const outsideShare = 0.05;

/** The first that is found. */
export function outputFault(output: OutputSummary, layers: readonly LayerSummary[]): OutputFault | undefined {
  for (const find of [oneSoftmax, flipped, twoSoftmaxes, rawOutputs, cutOff, unreachable, otherShape]) {
    const fault = find(output, layers);
    if (fault) return fault;
  }
  return undefined;
}

/** How many classes the targets have; undefined of values. */
export function classesOf({ kind, classes }: TargetSummary): number | undefined {
  return classes ?? (kind === "binary" ? 2 : undefined);
}

function oneSoftmax({ name, activation, units }: OutputSummary): OutputFault | undefined {
  if (activation !== "softmax" || units !== 1) return undefined;
  return {
    severity: "error",
    what: `The softmax of the one unit of ${name} is always 1: no input changes it, and no gradient goes through it`,
    evidence: [seen(`units of ${name}`, units, { threshold: 2, crossed: "below" })],
  };
}

function flipped({ loss, ownLoss }: OutputSummary): OutputFault | undefined {
  if (!ownLoss?.flipped) return undefined;
  return {
    severity: "error",
    what: `The loss ${loss} rises where the output comes nearer to the target: its sign is the wrong one`,
    evidence: [seen(`made-up outputs nearer to the target for which ${loss} is higher`, 1)],
  };
}

function twoSoftmaxes(
  { name, activation, loss, ownLoss, units }: OutputSummary,
  layers: readonly LayerSummary[],
): OutputFault | undefined {
  const floor = Math.log(Math.E + units - 1) - 1;
  const bound = `the loss cannot fall below ln(e + ${units - 1}) − 1 = ${floor.toFixed(3)}`;
  const before = softmaxBefore(name, layers);
  if (activation === "softmax" && before !== undefined)
    return twice(`${name} is a softmax of the softmax ${before}: ${bound}`);
  if (activation === "softmax" && ownLoss?.hasSoftmax)
    return twice(`The loss ${loss} has a softmax in it, and ${name} is one already: ${bound}`);
  if (activation === "sigmoid" && units > 1 && ownLoss?.hasSoftmax)
    return twice(`The loss ${loss} has a softmax in it, and ${name} is a sigmoid already: ${bound}`);
  return undefined;
}

function twice(what: string): OutputFault {
  return {
    severity: "warning",
    what,
    evidence: [seen("activations over classes in a row", 2, { threshold: 2 })],
  };
}

/** The layer whose softmax the output's reads, past layers that only drop or move values. */
function softmaxBefore(output: string, layers: readonly LayerSummary[]): string | undefined {
  const at = layers.findIndex(({ name }) => name === output);
  if (at < 0 || (layers[at] as LayerSummary).weights.length > 0) return undefined;
  const before = layers
    .slice(0, at)
    .findLast(({ kind }) => !["Dropout", "Flatten", "Reshape"].includes(kind));
  return before && isSoftmax(before) ? before.name : undefined;
}

function isSoftmax({ kind, activation }: LayerSummary): boolean {
  return activation === "softmax" || kind === "Softmax";
}

const probabilities: readonly string[] = ["softmax", "sigmoid", "hardSigmoid"];

function rawOutputs({ name, activation, loss, ownLoss }: OutputSummary): OutputFault | undefined {
  if (!ownLoss?.needsProbabilities || probabilities.includes(activation) || activation === "unknown")
    return undefined;
  return {
    severity: "error",
    what: `The loss ${loss} takes the outputs of ${name} for probabilities, but they are ${activation}: where one is below 0 the loss is cut off, and has no slope`,
    evidence: [seen("outputs below 0 for which the loss is the same or none", 1)],
  };
}

const rectified: readonly string[] = ["relu", "relu6"];
/** Losses over classes that are computed from the output's own values. */
const overClasses: readonly string[] = ["crossEntropy", "binaryCrossEntropy"];

/** Classes behind an activation that is none of probabilities. */
function cutOff({ name, activation, loss, target }: OutputSummary): OutputFault | undefined {
  const classes = classesOf(target);
  if (classes === undefined) return undefined;
  if (rectified.includes(activation))
    return {
      severity: "warning",
      what: `${name} answers with a ${activation} for ${classes} classes: an output below 0 is cut to 0, where it has no slope and cannot come back`,
      evidence: [seen(`classes that ${name} is to tell apart by a ${activation}`, classes, { threshold: 2 })],
    };
  if (["tanh", "softsign"].includes(activation) && overClasses.includes(loss))
    return {
      severity: "warning",
      what: `The loss ${loss} takes the outputs of ${name} for probabilities, but half of the range of ${activation} is below 0`,
      evidence: [seen(`lower end of ${activation}`, -1, { threshold: 0, crossed: "below" })],
    };
  return undefined;
}

/** Values that the activation never has. */
function unreachable({ name, activation, target }: OutputSummary): OutputFault | undefined {
  if (target.kind !== "values") return undefined;
  const { negative = 0, aboveOne = 0, belowMinusOne = 0 } = target;
  const isBounded = probabilities.includes(activation);
  const share = rectified.includes(activation)
    ? negative
    : isBounded
      ? negative + aboveOne
      : activation === "tanh"
        ? belowMinusOne + aboveOne
        : 0;
  if (share < outsideShare) return undefined;
  const reach = rectified.includes(activation) ? "0 and more" : isBounded ? "0 to 1" : "−1 to 1";
  return {
    severity: "error",
    what: `${name} cannot say what it is taught: its ${activation} gives ${reach}, and ${percent(share)} of the targets lie outside`,
    evidence: [
      seen("share of the targets outside of the output's range", 100 * share, {
        threshold: 100 * outsideShare,
        unit: " %",
      }),
    ],
  };
}

/** Pairs that can learn, but not as well as those made for each other. */
function otherShape({
  name,
  activation,
  units,
  loss,
  target,
  ownLoss,
}: OutputSummary): OutputFault | undefined {
  const classes = classesOf(target);
  if (classes === undefined || units === 1) return undefined;
  if (activation === "sigmoid" && loss === "crossEntropy")
    return {
      severity: "warning",
      what: `${name} gives each of ${classes} classes a sigmoid of its own, and the loss is that of one class out of ${classes}: a softmax is made for it`,
      evidence: [seen("classes of which each sample has one", classes, { threshold: 2 })],
    };
  if (activation === "softmax" && loss === "meanSquaredError" && !ownLoss)
    return {
      severity: "info",
      what: `${name} learns ${classes} classes by the squared error: its slope vanishes where a softmax is sure and wrong; cross-entropy's does not`,
      evidence: [seen("classes of which each sample has one", classes, { threshold: 2 })],
    };
  return undefined;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}

function seen(
  what: string,
  value: number,
  {
    threshold = 1,
    crossed = "at least",
    unit,
  }: Partial<Pick<Evidence, "threshold" | "crossed" | "unit">> = {},
): Evidence {
  return { what, value, threshold, crossed, ...(unit !== undefined && { unit }) };
}
