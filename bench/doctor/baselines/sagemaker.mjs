// SageMaker Debugger's default rules by their documentation, made here from its thresholds: not Amazon's program. They look at what
// `fit` records on sampled steps, where that is less than they ask for as said beside them.
import { quantile, recordedOf } from "./recorded.mjs";

const found = (problem, layer) => ({ problem, severity: "error", ...(layer && { layer }) });

/** In the order of the documentation, which ranks none: the first that fires stands first. */
const rules = {
  /** Mean absolute gradient below 1e-7. */
  VanishingGradient: ({ kernels }) =>
    kernels("gradientMeanAbs").find(({ values }) => values.some((value) => value < 1e-7))?.layer,
  /** Any value that is NaN or infinite. */
  NotFinite: ({ starting, failed, series }) =>
    failed ||
    series("train/loss").some((value) => !Number.isFinite(value)) ||
    starting("gradientNonFinite").some(({ values }) => values.some((count) => count > 0)),
  /** More than half of the units active less than 1 % of the time. Of a unit that is never active the bias has no gradient. */
  DyingReLU: ({ starting }) =>
    starting("gradientZero")
      .find(
        ({ name, values }) =>
          name.endsWith("/bias") && !name.startsWith("output") && values.some((share) => share > 0.5),
      )
      ?.name.replace("/bias", ""),
  /** More than half of the nodes in the flat ends; recorded is the share of entries there. */
  SaturatedActivation: ({ starting }) =>
    starting("activationSaturated").find(
      ({ name, values }) => name !== "output" && values.some((share) => share > 0.5),
    )?.name,
  /** Variances of two layers' weights more than 10 times apart, or gradients within 1e-3 between their 5th and 95th percentile, at first. */
  BadInitialization: ({ kernels, histogram }) => {
    const variances = kernels("weightL2").map(({ name }) =>
      varianceOf(histogram(`weights/${name}`)[0]?.histogram),
    );
    if (Math.max(...variances) / Math.min(...variances) > 10) return true;
    return kernels("gradientL2").find(({ name }) => {
      const first = histogram(`gradients/${name}`)[0]?.histogram;
      return first !== undefined && quantile(first, 0.95) - quantile(first, 0.05) < 1e-3;
    })?.layer;
  },
  /** Validation loss more than a tenth above training's. */
  Overfit: ({ epochs }) => {
    const losses = epochs("loss");
    return epochs("valLoss").some((value, i) => (value - losses[i]) / losses[i] > 0.1);
  },
  /** The most frequent class more than 10 times as frequent as the least. */
  ClassImbalance: (_, { classCounts }) =>
    classCounts !== undefined && Math.max(...classCounts) / Math.min(...classCounts) > 10,
  /** Weights all close to those before, three times one after the other. */
  DeadLayer: ({ kernels }) =>
    kernels("updateRatio").find(({ values }) =>
      values.some((_, i) => i >= 2 && values.slice(i - 2, i + 1).every((ratio) => ratio < 1e-5)),
    )?.layer,
  /** The loss of a sampled step no lower than ten of them before. */
  LossNotDecreasing: ({ series, starting }) => {
    const losses = series("train/loss");
    const sampled = (starting("gradientL2")[0]?.steps ?? []).map((step) => losses[step]);
    return sampled.some((loss, i) => i >= 10 && loss >= sampled[i - 10]);
  },
  /** Updates above 10 or below 1e-8 of the weights. */
  UpdateRatio: ({ kernels }) =>
    kernels("updateRatio").find(({ values }) => values.some((ratio) => ratio > 10 || ratio < 1e-8))?.layer,
};

export function sagemaker(run, facts = {}) {
  const recorded = recordedOf(run);
  return Object.entries(rules).flatMap(([problem, rule]) => {
    const fired = rule(recorded, facts);
    return fired ? [found(problem, typeof fired === "string" ? fired : undefined)] : [];
  });
}

function varianceOf(histogram) {
  if (histogram === undefined) return Number.NaN;
  const { edges, counts } = histogram;
  const middles = Array.from(counts, (_, i) => (edges[i] + edges[i + 1]) / 2);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const mean = middles.reduce((sum, at, i) => sum + at * counts[i], 0) / total;
  return middles.reduce((sum, at, i) => sum + (at - mean) ** 2 * counts[i], 0) / total;
}
