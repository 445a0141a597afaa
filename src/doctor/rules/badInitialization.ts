/**
 * The weights begin where they cannot be trained, or where much of the training is spent on what the beginning did.
 *
 * From the kernels before the first step (the record's `initial`), the first sampled step and the first losses:
 *  - Identical units: at least 99 % of a hidden kernel's units have the numbers of another unit. They put out the same, get
 *    the same gradient and stay copies of each other: a layer of them is as one unit (Goodfellow, Bengio & Courville, Deep
 *    Learning 2016, 8.4). All zeros or any constant are a case of it. An output's kernel of zeros is no fault: its gradients
 *    differ by class. Not judged where what is learned is well all the same (accuracy of 0.9 and more): a mask or noise may
 *    have told the units apart.
 *  - Gain: a hidden layer passes on g = σ·√(fan-in / c) times the size of what it is given, c being 2 for a ReLU and its kin and
 *    1 otherwise (LeCun et al. 1998, Glorot & Bengio 2010, He et al. 2015, each of which makes g about 1). SageMaker Debugger's
 *    PoorWeightInit fires where the variance changes by a factor of 10 from layer to layer; over a whole net here: the
 *    product of the gains of at least 3 hidden layers below 1e-2 where what the layers put out falls with it (mean |a| of the
 *    last hidden layer below a thirtieth of the first one's: a normalisation in between keeps it up), in a run that learns
 *    badly; and a layer leaves less than a tenth (a hundredth of the variance) on average: where depth alone adds up what each
 *    layer takes a little, VanishingGradient tells it. Hidden layers of sigmoids put out 0.5 whatever goes in, and are not judged by it.
 *  - A spread that saturates: more than half of what a hidden layer of sigmoids or tanhs puts out at the first sampled step
 *    lies in its flat ends (SageMaker's 50 % of the nodes), and g is at least 5 while the same layer with g = 1 would not:
 *    so it is the kernel, not inputs of hundreds.
 *  - A loss far from chance: the first step's is above 5·ln K, and a hidden gain or that of the output is at least 5. (At random
 *    a classifier's is about ln K: TheDeepChecker, TOSEM 2023; Karpathy's recipe, 2019.)
 *
 * Healthy runs: no identical units; gains 0.2 to 1.5; saturated share at the first step up to 0.3; first loss up to 2·ln K.
 * Inputs of hundreds make the first loss large too, with gains near 1: that is UnnormalizedInput.
 * Evidence needed: the record's initial kernels.
 */
import type { InitialKernel, LayerSummary } from "../../base/modelSummary.js";
import { shortNumber } from "../../base/table.js";
import { tags } from "../../base/tags.js";
import { accuracyGate } from "../accuracyGate.js";
import { modelChange, saturating } from "../codeLine.js";
import type { Rule } from "../rule.js";
import type { RunView } from "../runView.js";
import { type Evidence, healthy, type Judgement, notEnough, type Severity } from "../verdict.js";

export const identicalShare = 0.99;
export const wellLearned = 0.9;
export const shrinkGain = 1e-2;
export const shrinkActivation = 1 / 30;
/** Mean gain of a layer. */
export const tinyGain = 0.1;
export const largeGain = 5;
export const saturatedShare = 0.5;
export const firstLossFactor = 5;
const leastLayers = 3;

export const badInitialization: Rule = {
  problem: "BadInitialization",
  judge(run) {
    const kernels = kernelsOf(run);
    if (kernels.length === 0) return notEnough("how the kernels began");
    const found =
      identical(run, kernels) ?? shrinking(run, kernels) ?? saturated(run, kernels) ?? far(run, kernels);
    return found ? verdict(run, found) : healthy;
  },
};

/** A kernel with its layer, input side first. */
interface Kernel extends InitialKernel {
  readonly layer: string;
  readonly weight: string;
  readonly activation: string;
  /** g */
  readonly gain: number;
  readonly isOutput: boolean;
}

interface Found {
  readonly severity: Severity;
  readonly layer: string;
  readonly message: string;
  readonly evidence: readonly Evidence[];
}

const rectifiers: readonly string[] = ["relu", "relu6", "elu", "leakyRelu", "gelu", "swish", "mish"];

function kernelsOf({ run }: RunView): Kernel[] {
  const layers = run.record.model?.layers ?? [];
  const outputs = new Set((run.record.model?.outputs ?? []).map(({ name }) => name));
  const last = layers.findLast(({ initial }) => initial)?.name;
  return layers.flatMap((layer, at) =>
    Object.entries(layer.initial ?? {}).map(([weight, initial]) => {
      const activation = activationBehind(layers, at);
      const c = rectifiers.includes(activation) ? 2 : 1;
      return {
        ...initial,
        layer: layer.name,
        weight,
        activation,
        gain: initial.std * Math.sqrt(initial.fanIn / c),
        isOutput: layer.name === last || outputs.has(layer.name),
      };
    }),
  );
}

/** Of the layer, or of what follows it before the next kernel. */
function activationBehind(layers: readonly LayerSummary[], at: number): string {
  const next = layers.findIndex(({ initial }, i) => i > at && initial !== undefined);
  const own = layers.slice(at, next < 0 ? undefined : next).map(({ activation }) => activation);
  return own.find((activation) => activation !== undefined && activation !== "linear") ?? "linear";
}

function identical(run: RunView, kernels: readonly Kernel[]): Found | undefined {
  const copies = kernels.find(
    (kernel) => !kernel.isOutput && kernel.units > 1 && kernel.identical >= identicalShare,
  );
  const accuracy = Math.max(
    Number.NEGATIVE_INFINITY,
    ...run.epochs("valAccuracy"),
    ...run.epochs("accuracy"),
  );
  if (!copies || accuracy >= wellLearned) return undefined;
  const { layer, weight, mean, std, units } = copies;
  const numbers =
    std === 0 ? `all numbers of ${weight} are ${shortNumber(mean, 3)}` : `${weight} repeats its columns`;
  return {
    severity: "error",
    layer,
    message: `The ${units} units of ${layer} begin as copies of each other (${numbers}): they get the same gradient, and stay as one unit.`,
    evidence: [
      {
        what: `units of ${layer} that equal another one before the first step`,
        value: 100 * copies.identical,
        threshold: 100 * identicalShare,
        crossed: "at least",
        unit: " %",
      },
    ],
  };
}

function shrinking(run: RunView, kernels: readonly Kernel[]): Found | undefined {
  const hidden = kernels.filter(({ isOutput }) => !isOutput);
  const [first, last] = [hidden[0], hidden.at(-1)];
  if (!first || !last || hidden.length < leastLayers) return undefined;
  if (hidden.some(({ activation }) => /sigmoid/i.test(activation))) return undefined;
  const gate = accuracyGate(run);
  const product = hidden.reduce((all, { gain }) => all * gain, 1);
  const [begin, end] = [first, last].map(({ layer }) => run.series(tags.activationMeanAbs(layer))?.values[0]);
  if (begin === undefined || end === undefined || gate.learns === "well") return undefined;
  if (product >= shrinkGain || product ** (1 / hidden.length) >= tinyGain) return undefined;
  if (!(end < shrinkActivation * begin)) return undefined;
  return {
    severity: gate.learns === "badly" ? "error" : "warning",
    layer: first.layer,
    message: `What goes through ${hidden.length} hidden layers shrinks to ${shortNumber(product, 2)} of its size, as their kernels begin with too small a spread (σ = ${shortNumber(first.std, 2)} in ${first.layer}).`,
    evidence: [
      {
        what: `product of the gains σ·√(fan-in / c) of ${hidden.length} hidden layers`,
        value: product,
        threshold: shrinkGain,
        crossed: "below",
      },
      {
        what: `mean |a| of ${last.layer} / that of ${first.layer} at the first sampled step`,
        value: end / begin,
        threshold: shrinkActivation,
        crossed: "below",
        tag: tags.activationMeanAbs(last.layer),
      },
      ...gate.evidence,
    ],
  };
}

function saturated(run: RunView, kernels: readonly Kernel[]): Found | undefined {
  for (const kernel of kernels) {
    const { isOutput, activation, layer, gain, std } = kernel;
    const tag = tags.activationSaturated(layer);
    const share = run.series(tag)?.values[0] ?? 0;
    if (isOutput || !saturating.includes(activation) || gain < largeGain || share <= saturatedShare) continue;
    const gate = accuracyGate(run);
    return {
      severity: gate.learns === "well" ? "info" : "error",
      layer,
      message: `${layer} begins saturated: its kernel's spread (σ = ${shortNumber(std, 2)}) is ${shortNumber(gain, 2)} times what keeps the sums of ${kernel.fanIn} inputs where ${activation} has a slope.`,
      evidence: [
        gainEvidence(kernel),
        {
          what: `share of the outputs of ${layer} in the flat ends of ${activation} at the first sampled step`,
          value: 100 * share,
          threshold: 100 * saturatedShare,
          crossed: "above",
          unit: " %",
          tag,
        },
      ],
    };
  }
  return undefined;
}

function far(run: RunView, kernels: readonly Kernel[]): Found | undefined {
  const [output] = run.run.record.model?.outputs ?? [];
  const classes = output?.loss === "crossEntropy" ? output.target.classes : undefined;
  const tag = tags.train("loss");
  const loss = run.series(tag)?.values[0];
  const large = kernels.find(({ gain }) => gain >= largeGain);
  if (classes === undefined || loss === undefined || !large) return undefined;
  const most = firstLossFactor * Math.log(classes);
  if (loss <= most) return undefined;
  return {
    severity: accuracyGate(run).learns === "well" ? "info" : "warning",
    layer: large.layer,
    message: `The first loss is ${shortNumber(loss, 3)}, far above the ln ${classes} = ${Math.log(classes).toFixed(2)} of guessing: ${large.weight} begins with ${shortNumber(large.gain, 2)} times the spread that keeps sizes as they are.`,
    evidence: [
      { what: "loss of the first step", value: loss, threshold: most, crossed: "above", tag },
      gainEvidence(large),
    ],
  };
}

function gainEvidence({ weight, gain }: Kernel): Evidence {
  return {
    what: `gain σ·√(fan-in / c) of ${weight}`,
    value: gain,
    threshold: largeGain,
    crossed: "at least",
    unit: "×",
  };
}

const lecun: readonly string[] = ["selu"];

function verdict(run: RunView, { severity, layer, message, evidence }: Found): Judgement {
  const activation = kernelsOf(run).find((kernel) => kernel.layer === layer)?.activation ?? "relu";
  const [initializer, name] = rectifiers.includes(activation)
    ? ["heNormal", "He"]
    : lecun.includes(activation)
      ? ["lecunNormal", "LeCun"]
      : ["glorotUniform", "Glorot"];
  return {
    kind: "verdict",
    verdict: {
      problem: "BadInitialization",
      severity,
      message,
      layer,
      step: 0,
      evidence,
      prescription: [
        {
          text: `Initialise the kernels with ${name}, made for ${activation}: random numbers of a spread that keeps the size of what goes through`,
          ...modelChange(run, { initializer: initializer as string }),
        },
        {
          text: "Or put batch normalisation between sum and activation: it makes up for the spread, though not for units that are copies",
          ...modelChange(run, { initializer: initializer as string, batchNorm: true }),
        },
      ],
    },
  };
}
