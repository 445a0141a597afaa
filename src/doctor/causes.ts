/** What brings what about, and so which of several verdicts is the one to act on. */
import { type Problem, problems, type Verdict } from "./verdict.js";

/** What the data, the output or the beginning are at fault for shows in whatever comes after. */
const grounds = [
  "UnnormalizedInput",
  "UnnormalizedTarget",
  "OutputLossMismatch",
  "BadInitialization",
] as const;
/** What stops the gradient. */
const stops = ["DeadLayer", "DyingReLU", "SaturatedActivation", "VanishingGradient"] as const;
const steps = ["LearningRateTooHigh", "LearningRateTooLow", "BatchTooSmall"] as const;

/** Of those problems that may be symptoms, whatever a rule adds: their causes, the likeliest first. */
export const causes: Readonly<Partial<Record<Problem, readonly Problem[]>>> = {
  LearningRateTooHigh: ["UnnormalizedInput", "UnnormalizedTarget"],
  ExplodingGradient: ["UnnormalizedInput", "UnnormalizedTarget", "LearningRateTooHigh"],
  NotFinite: ["UnnormalizedInput", "UnnormalizedTarget", "ExplodingGradient", "LearningRateTooHigh"],
  DyingReLU: ["UnnormalizedInput", "LearningRateTooHigh", "BatchTooSmall"],
  SaturatedActivation: ["UnnormalizedInput", "LearningRateTooHigh", "BatchTooSmall"],
  VanishingGradient: ["UnnormalizedInput", "LearningRateTooHigh", "BatchTooSmall"],
  LearningRateTooLow: ["UnnormalizedInput", "UnnormalizedTarget", ...stops],
  BatchTooSmall: ["UnnormalizedInput", "UnnormalizedTarget"],
  UpdateRatio: [...grounds, "ExplodingGradient", "NotFinite", ...stops, ...steps],
  Diverging: [...grounds, "LearningRateTooHigh", "ExplodingGradient", "NotFinite", "BatchTooSmall", ...stops],
  Oscillation: [
    "LabelNoise",
    "UnnormalizedInput",
    "UnnormalizedTarget",
    "OutputLossMismatch",
    "LearningRateTooHigh",
    "BatchTooSmall",
  ],
  LossNotDecreasing: [
    "ClassImbalance",
    ...grounds,
    "ExplodingGradient",
    "NotFinite",
    ...stops,
    ...steps,
    "LabelNoise",
    "Diverging",
    "Underfit",
    "Overfit",
  ],
  Plateau: [
    "ClassImbalance",
    ...grounds,
    "ExplodingGradient",
    ...stops,
    ...steps,
    "LabelNoise",
    "Oscillation",
    "LossNotDecreasing",
    "TooStrongRegularization",
    "Underfit",
  ],
  TooStrongRegularization: ["OutputLossMismatch", "Underfit"],
  Underfit: ["LabelNoise", ...grounds, "ExplodingGradient", ...stops, ...steps],
  Overfit: ["DataLeak", "LabelNoise", "ClassImbalance", "LearningRateTooHigh"],
  Overtraining: [
    "DataLeak",
    "LabelNoise",
    "ClassImbalance",
    ...grounds,
    ...steps,
    "Diverging",
    "Oscillation",
    "Overfit",
  ],
  MetricLossDisagreement: [
    "LabelNoise",
    "ClassImbalance",
    ...grounds,
    ...steps,
    "Diverging",
    "Oscillation",
    "TooStrongRegularization",
    "Underfit",
  ],
};

/**
 * What says no more than its cause, where that was found: a layer without a gradient, or with one that rounding swallows, is what
 * units that are off, flat ends, gradients that vanish or a loss without a slope look like from behind. It is a remark then.
 */
export const implied: ReadonlySet<Problem> = new Set(["DeadLayer"]);

/**
 * The verdict that this one follows from; undefined for a root. What explains it may itself follow from another. A remark
 * explains nothing but remarks. Of two that each name the other the one is the root that the other names by what this run holds
 * (`mayFollow`), rather than by the table; else the earlier in order of cause.
 */
export function rootOf(verdict: Verdict, found: readonly Verdict[]): Verdict | undefined {
  return rootBeyond(verdict, { found, passed: new Set([verdict.problem]) });
}

function rootBeyond(
  verdict: Verdict,
  around: { readonly found: readonly Verdict[]; readonly passed: ReadonlySet<Problem> },
): Verdict | undefined {
  const { found, passed } = around;
  for (const problem of causesOf(verdict)) {
    const cause = found.find((other) => other.problem === problem);
    if (!cause || passed.has(problem) || !explains(cause, verdict)) continue;
    return rootBeyond(cause, { found, passed: new Set([...passed, problem]) }) ?? cause;
  }
  return undefined;
}

function causesOf({ problem, mayFollow = [] }: Verdict): readonly Problem[] {
  return [...mayFollow, ...(causes[problem] ?? [])];
}

function explains(cause: Verdict, verdict: Verdict): boolean {
  if (cause.severity === "info" && verdict.severity !== "info") return false;
  const isMutual = causesOf(cause).includes(verdict.problem);
  const [named, names] = [isNamedBy(verdict, cause), isNamedBy(cause, verdict)];
  if (isMutual && named !== names) return named;
  return !isMutual || problems.indexOf(cause.problem) < problems.indexOf(verdict.problem);
}

/** By what a verdict says itself. */
function isNamedBy({ mayFollow = [] }: Verdict, cause: Verdict): boolean {
  return mayFollow.includes(cause.problem);
}
