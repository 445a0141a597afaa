/**
 * Gradients grow without bound, until they are no numbers any more.
 *
 * Alarm when
 *  - a number is NaN or infinite (`NotFinite`; SageMaker Debugger, ExplodingTensor) after others grew (`growthBefore`):
 *    hidden outputs above 1000 on average, the loss beyond twice its beginning, or the norm of all gradients above 1e6
 *    (TheDeepChecker): error, or a warning where later numbers are finite again; or
 *  - the loss of a step or an epoch is above 1000 in a run that classifies (it has an accuracy) and learns badly:
 *    error. Guessing costs ln(classes), 2.3 of ten and 6.9 of a thousand (TheDeepChecker compares the first loss
 *    with it), so this is more than a hundred times as bad. The loss of a regression has units and no such scale; or
 *  - the median of ‖g₁‖ / ‖g_L‖, over the sampled steps on which g_L is not 0, is above 70 in a run that learns
 *    badly (AUTOTRAINER): error; or
 *  - the norm of all gradients peaks at more than 1000 times its median, that of the steps before it too, and above 1 in a run that learns badly:
 *    warning. (TheDeepChecker, TOSEM 2023, takes doubling from period to period; one peak of that size is ten.)
 * In batches of less than 16 rows a peak is one row that is hard, and none is looked for.
 * Healthy runs have a ratio of at most 18 and peaks of at most 25 times the median.
 */
import { shortNumber } from "../../base/table.js";
import { tags } from "../../base/tags.js";
import { accuracyGate } from "../accuracyGate.js";
import { fitChange, modelChange, saturating } from "../codeLine.js";
import { firstNotFinite, growthBefore, type NotFiniteAt } from "../firstNotFinite.js";
import type { Rule } from "../rule.js";
import type { LayerGradients, RunView } from "../runView.js";
import { median } from "../statistics.js";
import { healthy, type Judgement, notEnough, type Prescription, type Verdict } from "../verdict.js";
import { withoutOwnLayers } from "../withoutOwnLayers.js";

export const ratioThreshold = 70;
export const peakThreshold = 1000;
export const lossThreshold = 1000;
const leastSteps = 3;
const fewRows = 16;

export const explodingGradient: Rule = {
  problem: "ExplodingGradient",
  judge(run) {
    const notANumber = firstNotFinite(run);
    const grown = notANumber && overflow(run, notANumber);
    if (grown) return alarm(run, grown);
    const gate = accuracyGate(run);
    const huge = gate.learns === "badly" ? hugeLoss(run) : undefined;
    if (huge) return alarm(run, { ...huge, evidence: [...huge.evidence, ...gate.evidence] });
    if (run.layers.length === 0) {
      return run.series(tags.train("loss")) || run.epochs("loss").length > 0
        ? notEnough("gradient norms (the losses are all finite)")
        : notEnough("gradient norms or losses");
    }
    if (run.layers[0]!.steps.length < leastSteps)
      return notEnough(`gradients on at least ${leastSteps} sampled steps`);
    if (gate.learns === "well") return healthy;
    const found = layerRatio(run.layers) ?? (hasFewRows(run) ? undefined : peak(run.layers));
    return found ? alarm(run, { ...found, evidence: [...found.evidence, ...gate.evidence] }) : healthy;
  },
};

function hasFewRows({ run }: RunView): boolean {
  const { batchSize } = run.record.config;
  return typeof batchSize === "number" && batchSize < fewRows;
}

type Found = Pick<Verdict, "severity" | "message" | "evidence" | "layer" | "step" | "epoch">;

function alarm(run: RunView, found: Found): Judgement {
  return {
    kind: "verdict",
    verdict: {
      problem: "ExplodingGradient",
      ...found,
      prescription: [...withoutOwnLayers(run, found.layer), ...prescriptions(run, found.step === 0)],
      mayFollow: ["UnnormalizedInput", "UnnormalizedTarget", "LearningRateTooHigh"],
    },
  };
}

/** Numbers that grew until they were none. */
function overflow(run: RunView, at: NotFiniteAt): Found | undefined {
  const growth = growthBefore(run, at);
  if (growth === undefined) return undefined;
  const { evidence, layer = at.layer } = growth;
  const where = at.step === undefined ? `epoch ${at.epoch}` : `step ${at.step}`;
  const end = at.recovered ? "such steps are lost" : "nothing is learnt from there on";
  return {
    severity: at.recovered ? "warning" : "error",
    message: `Numbers grew until float32 could not hold them at ${where} (${evidence.what}: ${shortNumber(evidence.value, 3)}): ${end}.`,
    ...(layer !== undefined && { layer }),
    ...(at.step === undefined ? { epoch: at.epoch as number } : { step: at.step }),
    evidence: [at.evidence, evidence],
  };
}

function isHuge(loss: number): boolean {
  return loss > lossThreshold && Number.isFinite(loss);
}

/** The largest loss of a classification, if it is beyond any that bad guessing explains. */
function hugeLoss(run: RunView): Found | undefined {
  const classifies = ["valAccuracy", "accuracy"].some((metric) => run.epochs(metric).length > 0);
  if (!classifies) return undefined;
  for (const tag of [tags.train("loss"), tags.epoch("loss")]) {
    const series = run.series(tag);
    const at = series ? series.values.findIndex(isHuge) : -1;
    if (!series || at < 0) continue;
    const where = series.steps[at]!;
    const perStep = tag === tags.train("loss");
    const value = series.values.filter(isHuge).reduce((largest, loss) => Math.max(largest, loss));
    return {
      severity: "error",
      message: `The loss is ${series.values[at]!.toPrecision(3)} at ${perStep ? "step" : "epoch"} ${where}, where guessing costs a few units: the weights were thrown far off.`,
      ...(perStep ? { step: where } : { epoch: where }),
      evidence: [{ what: "largest loss", value, threshold: lossThreshold, crossed: "above", tag }],
    };
  }
  return undefined;
}

function layerRatio(layers: readonly LayerGradients[]): Found | undefined {
  const [first, last] = [layers[0]!, layers.at(-1)!];
  if (first === last) return undefined;
  // Nothing grows from a gradient of 0: a last layer without any is DeadLayer's to judge.
  const ratios = first.l2.flatMap((norm, i) =>
    last.l2[i]! > 0 ? [{ ratio: norm / last.l2[i]!, step: first.steps[i]! }] : [],
  );
  const value = median(ratios.map(({ ratio }) => ratio));
  if (ratios.length < leastSteps || !(value > ratioThreshold)) return undefined;
  return {
    severity: "error",
    message: `The gradient grows ${value.toPrecision(3)} times from ${last.layer} to ${first.layer}: the first layers are thrown about.`,
    layer: first.layer,
    step: ratios.find(({ ratio }) => ratio > ratioThreshold)!.step,
    evidence: [
      {
        what: `‖g‖ of ${first.layer} / ‖g‖ of ${last.layer}, median of the sampled steps`,
        value,
        threshold: ratioThreshold,
        crossed: "above",
        tag: tags.gradientL2(first.weight),
      },
    ],
  };
}

function peak(layers: readonly LayerGradients[]): Found | undefined {
  const norms = layers[0]!.steps.map((_, i) => Math.hypot(...layers.map((layer) => layer.l2[i] ?? 0)));
  // Steps without any gradient (all units dead) say nothing about the usual size.
  const usual = median(norms.filter((norm) => norm > 0));
  // The first of a run that ends near a loss of 0 is large beside its later ones, and no jump.
  const before = (i: number) => median(norms.slice(0, i).filter((norm) => norm > 0));
  const at = norms.findIndex(
    (norm, i) => norm > 1 && norm > peakThreshold * usual && norm > peakThreshold * before(i),
  );
  if (at < 0) return undefined;
  const largest = [...layers].sort((a, b) => b.l2[at]! - a.l2[at]!)[0]!;
  return {
    severity: "warning",
    message: `The gradient jumps to ${norms[at]!.toPrecision(3)} at step ${layers[0]!.steps[at]}, where it is usually ${usual.toPrecision(3)}: one such step undoes many.`,
    layer: largest.layer,
    step: layers[0]!.steps[at]!,
    evidence: [
      {
        what: "norm of all gradients / its median",
        value: norms[at]! / usual,
        threshold: peakThreshold,
        crossed: "above",
        tag: tags.gradientNorm,
      },
    ],
  };
}

/** Adam and its kin, others: a rate above the first is unusual (UMLAUT, CHI 2021), the second is a usual one. */
const rates = { adaptive: { unusual: 0.01, usual: 1e-3 }, other: { unusual: 1, usual: 0.1 } };

/**
 * The order of the field: clip, initialise, normalise, lower the rate; the rate first where it is unusual, the initialiser
 * where numbers are too large before any update.
 */
function prescriptions(run: RunView, isStart: boolean): Prescription[] {
  const rate = run.learningRate;
  const { optimizer } = run.run.record.config;
  const { usual, unusual } = rates[String(optimizer).startsWith("adam") ? "adaptive" : "other"];
  const isUnusual = rate !== undefined && rate > unusual;
  const lower = rate === undefined || isUnusual ? usual : Number((rate / 10).toPrecision(3));
  const lowerRate = {
    text:
      rate === undefined
        ? "Lower the learning rate ten times"
        : `Lower the learning rate from ${shortNumber(rate)} to ${shortNumber(lower)}`,
    ...fitChange(run, { learningRate: lower }),
  };
  const initialise: Prescription = {
    text: "Initialise so that the signal keeps its variance: He for ReLU and kin, LeCun for SELU, Glorot for tanh and sigmoid",
    ...modelChange(run, { initializer: initializerFor(run.layers[0]?.activation) }),
  };
  return [
    ...(isStart ? [initialise] : []),
    ...(isUnusual ? [lowerRate] : []),
    { text: "Clip the gradients to a global norm of 1", ...fitChange(run, { clipNorm: 1 }) },
    ...(isStart ? [] : [initialise]),
    ...(isUnusual ? [] : [lowerRate]),
    {
      text: "Put batch normalisation between sum and activation",
      ...modelChange(run, { batchNorm: true }),
    },
    { text: "Look for NaN, infinities and values far beyond ±1 in the data" },
  ];
}

function initializerFor(activation: string | undefined): string {
  if (activation === "selu") return "lecunNormal";
  return activation !== undefined && saturating.includes(activation) ? "glorotNormal" : "heNormal";
}
