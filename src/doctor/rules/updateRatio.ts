/**
 * Updates are far too small or too large for the weights that they change.
 *
 * ‖update‖ / ‖weight‖ of a step is about 1e-3 in a run that goes well (Karpathy; Stanford's CS231n, notes on neural
 * networks 3). A kernel counts where log10 of it lies outside [−4, −1] (TheDeepChecker, TOSEM 2023) on at least half of the
 * sampled steps, and so does its median.
 *
 * Always a remark, and only in a run that learns badly or of which that is not known (`accuracyGate`): decayed rates,
 * normalised layers and small kernels leave the range in healthy runs too. It tells which way the rate, or what makes
 * gradients small, errs, and stands under that verdict where there is one.
 */
import { shortNumber } from "../../base/table.js";
import { tags } from "../../base/tags.js";
import { accuracyGate } from "../accuracyGate.js";
import { fitChange } from "../codeLine.js";
import type { Rule } from "../rule.js";
import type { RunView } from "../runView.js";
import { median } from "../statistics.js";
import { healthy, type Judgement, notEnough, type Prescription, type Problem } from "../verdict.js";

export const leastRatio = 1e-4;
export const mostRatio = 1e-1;
export const sustainedShare = 0.5;
/** What a rate is to be changed to make of the ratio. */
const usualRatio = 1e-3;
const leastSteps = 3;

export const updateRatio: Rule = {
  problem: "UpdateRatio",
  judge(run) {
    const ratios = ratiosOf(run);
    if (ratios.length === 0)
      return notEnough(`the ratio of update to weight on at least ${leastSteps} sampled steps`);
    if (accuracyGate(run).learns === "well") return healthy;
    for (const side of ["small", "large"] as const) {
      const outside = ratios.filter((ratio) => isOutside(ratio, side));
      if (outside.length > 0) return verdict(run, { outside, side });
    }
    return healthy;
  },
};

/** Of one kernel on the sampled steps. */
interface Ratio {
  readonly layer: string;
  readonly tag: string;
  readonly steps: readonly number[];
  readonly values: readonly number[];
  readonly median: number;
}

function ratiosOf(run: RunView): Ratio[] {
  return run.layers.flatMap(({ layer, weight }): Ratio[] => {
    const tag = tags.updateRatio(weight);
    const series = run.series(tag);
    const values = Array.from(series?.values ?? []);
    if (!series || values.length < leastSteps) return [];
    return [{ layer, tag, values, steps: Array.from(series.steps), median: median(values) }];
  });
}

type Side = "small" | "large";

function isBeyond(value: number, side: Side): boolean {
  return side === "small" ? value < leastRatio : value > mostRatio;
}

function isOutside({ values, median: middle }: Ratio, side: Side): boolean {
  const beyond = values.filter((value) => isBeyond(value, side));
  return isBeyond(middle, side) && beyond.length >= sustainedShare * values.length;
}

const causes: Readonly<Record<Side, readonly Problem[]>> = {
  small: [
    "LearningRateTooLow",
    "VanishingGradient",
    "DyingReLU",
    "SaturatedActivation",
    "DeadLayer",
    "BadInitialization",
  ],
  large: ["LearningRateTooHigh", "ExplodingGradient", "BadInitialization", "UnnormalizedInput"],
};

function verdict(
  run: RunView,
  { outside, side }: { readonly outside: readonly Ratio[]; readonly side: Side },
): Judgement {
  const [{ layer, tag, values, steps, median: middle }] = outside as [Ratio];
  const more = outside.length === 1 ? "" : ` and of ${outside.length - 1} more layers`;
  const effect = side === "small" ? "it hardly moves" : "it is thrown about";
  return {
    kind: "verdict",
    verdict: {
      problem: "UpdateRatio",
      severity: "info",
      message: `A step changes the kernel of ${layer}${more} by ${shortNumber(middle, 2)} of its size, where about 0.001 is usual: ${effect}.`,
      layer,
      step: steps[values.findIndex((value) => isBeyond(value, side))] as number,
      evidence: [
        {
          what: `‖update‖ / ‖weight‖ of ${layer}, median of the sampled steps`,
          value: middle,
          threshold: side === "small" ? leastRatio : mostRatio,
          crossed: side === "small" ? "below" : "above",
          tag,
        },
      ],
      prescription: prescriptions(run, side, middle),
      mayFollow: causes[side],
    },
  };
}

/** By whole decades, two at most: what is further off has another reason than the rate. */
function prescriptions(run: RunView, side: Side, ratio: number): Prescription[] {
  const decades = ratio > 0 ? Math.round(Math.log10(usualRatio / ratio)) : 2;
  const factor = 10 ** Math.min(2, Math.max(-2, decades));
  const rate = run.learningRate;
  const text = `${side === "small" ? "Raise" : "Lower"} the learning rate until a step changes a kernel by about a thousandth`;
  return [
    {
      text,
      ...(rate !== undefined && fitChange(run, { learningRate: Number((rate * factor).toPrecision(3)) })),
    },
    side === "small"
      ? {
          text: "Look at what makes the gradients small: depth, units that are off or saturated, a loss weighted with next to 0",
        }
      : {
          text: "Clip the gradients, and warm the rate up over the first steps",
          ...fitChange(run, { clipNorm: 1 }),
        },
  ];
}
