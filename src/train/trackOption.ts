/** How a training is recorded. */
import { type OptionNames, refuseUnknown } from "../base/knownOptions.js";
import { shown } from "../base/shown.js";

export interface TrackOptions {
  /** Default: the model's name. */
  readonly name?: string;
  /** Added to what `fit` records by itself: optimiser, rate, epochs, batch size, seed, … */
  readonly config?: object;
  readonly tags?: readonly string[];
  readonly notes?: string;
  /** Runs of one comparison share a group. */
  readonly group?: string;
  /** The folder of runs. Default: TUNELAB_RUNS, else `runs`. */
  readonly dir?: string;
  /** Any of `weights`, `gradients`, `activations`, separated by blanks; empty for none. Default: all three. */
  readonly histograms?: string;
  /** Measure gradients, weights and activations at every n-th step, n ≥ 1. Default: about 40 times a training. */
  readonly sampleEvery?: number;
}

export type TrackOption = string | false | TrackOptions;

export type HistogramKind = "weights" | "gradients" | "activations";

export interface TrackPlan extends Omit<TrackOptions, "histograms"> {
  readonly name: string;
  readonly histograms: readonly HistogramKind[];
}

const kinds: readonly string[] = ["weights", "gradients", "activations"] satisfies HistogramKind[];
const known: OptionNames<TrackOptions> = {
  name: true,
  config: true,
  tags: true,
  notes: true,
  group: true,
  dir: true,
  histograms: true,
  sampleEvery: true,
};

/**
 * @returns undefined when nothing is to be recorded
 * @throws TypeError or RangeError for an option of the wrong kind or out of its range.
 */
export function trackPlan(
  option: TrackOption,
  defaults: { name: string; group?: string },
): TrackPlan | undefined {
  if (option === false) return undefined;
  const options = typeof option === "string" ? { name: option } : option;
  if (typeof options !== "object" || options === null)
    throw new TypeError(`fit needs track to be a name, false or options; it was given ${option}`);
  refuseUnknown("fit's track", options, known);
  const { sampleEvery, histograms = kinds.join(" ") } = options;
  if (sampleEvery !== undefined && (!Number.isSafeInteger(sampleEvery) || sampleEvery < 1))
    throw new RangeError(
      `fit needs sampleEvery to be a whole number of at least 1; it was given ${shown(sampleEvery)}`,
    );
  if (typeof histograms !== "string")
    throw new TypeError(
      `fit needs histograms to be a text such as "weights gradients"; it was given ${histograms}`,
    );
  const asked = histograms.split(/[\s,]+/).filter((kind) => kind !== "");
  for (const kind of asked)
    if (!kinds.includes(kind))
      throw new RangeError(`fit needs histograms of ${kinds.join(", ")}; it was given "${kind}"`);
  const { name = defaults.name, group = defaults.group } = options;
  return { ...options, name, ...(group !== undefined && { group }), histograms: asked as HistogramKind[] };
}
