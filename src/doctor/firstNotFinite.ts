/** Where a run first holds a number that is none. */
import { tags } from "../base/tags.js";
import { hiddenOutputs } from "./layerOutputs.js";
import { layerOf, type RunView } from "./runView.js";
import type { Evidence } from "./verdict.js";

/** In which of the numbers of the step it is, the earliest of the step's way first. */
export type Place = "weights" | "outputs" | "gradients" | "loss" | "validation";

export interface NotFiniteAt {
  readonly place: Place;
  /** Global step; undefined where only an epoch's number tells. */
  readonly step?: number;
  readonly epoch?: number;
  /** Where in the model it begins: of weights and outputs the first layer, of gradients the last. */
  readonly layer?: string;
  /** NaN, or an infinity; undefined where a count alone was recorded. */
  readonly value?: number;
  readonly evidence: Evidence;
  /** Numbers were finite again later. */
  readonly recovered: boolean;
}

/**
 * Of the first step with such a number, what comes first on the way through it: weights, outputs, gradients, loss. Losses
 * are recorded of each step, the others of the sampled ones.
 *
 * @returns undefined where all that was recorded is finite
 */
export function firstNotFinite(run: RunView): NotFiniteAt | undefined {
  const loss = inSeries(run, tags.train("loss"), "loss");
  const sampled = inTensors(run);
  const first = sampled && (loss === undefined || (sampled.step as number) <= (loss.step as number));
  return (
    (first ? sampled : loss) ??
    inSeries(run, tags.epoch("loss"), "loss") ??
    inSeries(run, tags.epoch("valLoss"), "validation")
  );
}

function inSeries(run: RunView, tag: string, place: Place): NotFiniteAt | undefined {
  const series = run.series(tag);
  const at = series ? series.values.findIndex((value) => !Number.isFinite(value)) : -1;
  if (!series || at < 0) return undefined;
  const count = series.values.reduce((sum, value) => sum + Number(!Number.isFinite(value)), 0);
  const where = series.steps[at] as number;
  return {
    place,
    ...(tag === tags.train("loss") ? { step: where } : { epoch: where }),
    value: series.values[at] as number,
    evidence: { what: "losses that are NaN or infinite", value: count, threshold: 0, crossed: "above", tag },
    recovered: Number.isFinite(series.values.at(-1)),
  };
}

interface Count {
  readonly place: Place;
  readonly layer: string;
  readonly step: number;
  readonly evidence: Evidence;
}

const placeOrder: readonly Place[] = ["weights", "outputs", "gradients"];

function inTensors(run: RunView): NotFiniteAt | undefined {
  const counts = [...countsOf(run, "weights"), ...countsOf(run, "outputs"), ...countsOf(run, "gradients")];
  if (counts.length === 0) return undefined;
  const step = Math.min(...counts.map((count) => count.step));
  const here = counts.filter((count) => count.step === step);
  const place = placeOrder.find((one) => here.some((count) => count.place === one)) as Place;
  const of = here.filter((count) => count.place === place);
  // Gradients come from the output.
  const { layer, evidence } = (place === "gradients" ? of.at(-1) : of[0]) as Count;
  const losses = run.series(tags.train("loss"));
  const last = losses?.values.at(-1);
  return {
    place,
    step,
    layer,
    evidence,
    recovered: Number.isFinite(last) && (losses?.steps.at(-1) as number) > step,
  };
}

/** The first count above 0 of each tensor, input side first. */
function countsOf(run: RunView, place: "weights" | "outputs" | "gradients"): Count[] {
  const { tagOf, what } = counted[place];
  const prefix = tagOf("");
  const depth = new Map((run.run.record.model?.layers ?? []).map(({ name }, i) => [name, i]));
  const layerIn = (name: string) => (place === "outputs" ? name : layerOf(name));
  const order = (name: string) => depth.get(layerIn(name)) ?? depth.size;
  return [...run.run.scalars]
    .filter(([tag]) => tag.startsWith(prefix))
    .map(([tag, series]) => ({ tag, series, name: tag.slice(prefix.length) }))
    .sort((a, b) => order(a.name) - order(b.name))
    .flatMap(({ tag, series, name }): Count[] => {
      const at = series.values.findIndex((value) => value > 0);
      if (at < 0) return [];
      const value = series.values[at] as number;
      const evidence: Evidence = { what: `${what} ${name}`, value, threshold: 0, crossed: "above", tag };
      return [{ place, layer: layerIn(name), step: series.steps[at] as number, evidence }];
    });
}

const counted = {
  weights: { tagOf: tags.weightNonFinite, what: "NaN or infinite numbers in" },
  outputs: { tagOf: tags.activationNonFinite, what: "NaN or infinite outputs of" },
  gradients: { tagOf: tags.gradientNonFinite, what: "NaN or infinite entries in the gradient of" },
} as const;

export interface Growth {
  readonly evidence: Evidence;
  /** The first layer whose outputs are far too large, where that was recorded. */
  readonly layer?: string;
}

/** The numbers just before were far larger than usual: they grew until float32 could not hold them. */
export function growthBefore(run: RunView, { step, place }: NotFiniteAt): Growth | undefined {
  if (place === "validation") return undefined;
  const output = hugeOutput(run, step);
  if (output) return output;
  const evidence = grownLoss(run, step) ?? hugeGradient(run, step);
  return evidence && { evidence };
}

/** Of a hidden layer: outputs of a layer that is well initialised and fed are of about 1. */
export const outputThreshold = 1000;

function hugeOutput(run: RunView, until = Number.POSITIVE_INFINITY): Growth | undefined {
  for (const { layer, tag, steps, values } of hiddenOutputs(run, tags.activationMeanAbs, () => true)) {
    const at = steps.findLastIndex((step) => step <= until);
    const value = values[at];
    if (value !== undefined && value > outputThreshold)
      return {
        layer,
        evidence: {
          what: `mean |output| of ${layer}, over those that are finite`,
          value,
          threshold: outputThreshold,
          crossed: "above",
          tag,
        },
      };
  }
  return undefined;
}

/** Beyond twice its beginning a loss diverges (TheDeepChecker, TOSEM 2023: twice its minimum). */
export const lossGrowth = 2;

function grownLoss(run: RunView, until = Number.POSITIVE_INFINITY): Evidence | undefined {
  const tag = tags.train("loss");
  const series = run.series(tag);
  if (!series) return undefined;
  const before = series.values.filter(
    (value, i) => (series.steps[i] as number) < until && Number.isFinite(value),
  );
  const [first, last] = [before[0], before.at(-1)];
  if (first === undefined || last === undefined || !(last > lossGrowth * Math.abs(first))) return undefined;
  return {
    what: "last finite loss, the first one doubled beside it",
    value: last,
    threshold: lossGrowth * Math.abs(first),
    crossed: "above",
    tag,
  };
}

/** TheDeepChecker's bound of mean |g|. */
export const gradientThreshold = 1e6;

function hugeGradient(run: RunView, until = Number.POSITIVE_INFINITY): Evidence | undefined {
  const series = run.series(tags.gradientNorm);
  if (!series) return undefined;
  const at = series.steps.findLastIndex((step) => step <= until);
  const value = series.values[at];
  if (value === undefined || !(value > gradientThreshold)) return undefined;
  return {
    what: "norm of all gradients, over entries that are finite",
    value,
    threshold: gradientThreshold,
    crossed: "above",
    tag: tags.gradientNorm,
  };
}
