/** What the doctor says: verdict → evidence → prescription. */
import type { JsonValue } from "../track/index.js";

/**
 * In order of cause: an earlier one can bring about a later one. First what the data are, then what the model is and how
 * it begins, then what flows through it, then how its weights are changed, last what it learned.
 */
export const problems = [
  "DataLeak",
  "UnnormalizedInput",
  "UnnormalizedTarget",
  "LabelNoise",
  "ClassImbalance",
  "OutputLossMismatch",
  "BadInitialization",
  "LearningRateTooHigh",
  "ExplodingGradient",
  "NotFinite",
  "DeadLayer",
  "DyingReLU",
  "SaturatedActivation",
  "VanishingGradient",
  "LearningRateTooLow",
  "BatchTooSmall",
  "UpdateRatio",
  "Diverging",
  "Oscillation",
  "LossNotDecreasing",
  "Plateau",
  "TooStrongRegularization",
  "Underfit",
  "Overfit",
  "Overtraining",
  "MetricLossDisagreement",
  "SlowInputPipeline",
] as const;

export type Problem = (typeof problems)[number];

/** The most severe first. */
export const severities = ["error", "warning", "info"] as const;

/** `error`: the training fails; `warning`: it could be better; `info`: worth knowing, no alarm. */
export type Severity = (typeof severities)[number];

/** One measured value beside the threshold that it crossed. */
export interface Evidence {
  /** What was measured, in words. */
  readonly what: string;
  readonly value: number;
  readonly threshold: number;
  /** The verdict holds because the value is below, above, or at least, the threshold. */
  readonly crossed: "below" | "above" | "at least";
  readonly unit?: string;
  /** The series it was taken from, so that a chart of it can be shown. */
  readonly tag?: string;
}

/** What a prescription changes, for programs: the values that stand in its code. */
export interface Change {
  /** Options of `fit`; `learningRate` is the optimiser's. */
  readonly fit?: Readonly<Record<string, JsonValue>>;
  /**
   * Options of the model's builder, such as `models.mlp`; besides `trainable` and `removeLayers`, which name layers: those to
   * be trained, and those to be left out.
   */
  readonly model?: Readonly<Record<string, JsonValue>>;
  readonly data?: DataChange;
}

/**
 * What is done to a data set: its inputs or targets brought to mean 0 and deviation 1; rows taken out of it that are in two
 * parts, or that the verdict names; inputs made 0 everywhere, by their places in a sample.
 */
export type DataChange =
  | "normalize"
  | "normalizeTarget"
  | "removeLeak"
  | "removeSuspects"
  | { readonly blankInputs: readonly number[] };

export interface Prescription {
  readonly text: string;
  /** A line to paste. */
  readonly code?: string;
  /** The same as `code`; not shown as text. */
  readonly change?: Change;
}

export interface Verdict {
  readonly problem: Problem;
  readonly severity: Severity;
  /** One sentence: what is wrong, and where. */
  readonly message: string;
  /** The layer where it shows first, counted from the input. */
  readonly layer?: string;
  /** The first global step at which it was seen. */
  readonly step?: number;
  /** The epoch, from 1, from which on it was seen. */
  readonly epoch?: number;
  readonly evidence: readonly Evidence[];
  /** In the order in which they should be tried. */
  readonly prescription: readonly Prescription[];
  /** Training samples that it is about, by their places in the split from 0, the most suspicious first. */
  readonly rows?: readonly number[];
  /** Problems that bring this one about, the likeliest first: it is the symptom of one that was found too. */
  readonly mayFollow?: readonly Problem[];
  /** This is a symptom of another verdict of the same diagnosis. */
  readonly follows?: Problem;
}

/** What a rule says of a run: a verdict, nothing wrong, or that the run holds too little to judge. */
export type Judgement =
  | { readonly kind: "verdict"; readonly verdict: Verdict }
  | { readonly kind: "healthy" }
  | { readonly kind: "notEnough"; readonly missing: string };

export const healthy: Judgement = { kind: "healthy" };

export function notEnough(missing: string): Judgement {
  return { kind: "notEnough", missing };
}

/** What became of one rule. */
export interface RuleOutcome {
  readonly problem: Problem;
  readonly outcome: Judgement["kind"];
  /** What the run would have to hold for the rule to judge. */
  readonly missing?: string;
}
