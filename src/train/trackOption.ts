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
  /** The run that this one is a part of, or its folder, id or name. Its folder of runs and its group are the default. */
  readonly parent?: string | { readonly id: string; readonly dir: string };
  /** Runs of one comparison share a group. */
  readonly group?: string;
  /** The folder of runs. Default: TUNELAB_RUNS, else `runs`. */
  readonly dir?: string;
  /**
   * Seconds between two measurements of the machine, 0.1 to 3600, or false for none. Default: TUNELAB_SYSTEM_METRICS,
   * else 5.
   */
  readonly system?: number | boolean;
  /** Whether what is printed meanwhile is kept in the run's `output.log`. Default true. */
  readonly output?: boolean;
  /** Any of `weights`, `gradients`, `activations`, separated by blanks; empty for none. Default: all three. */
  readonly histograms?: string;
  /**
   * Measure at most so many entries of a tensor, n ≥ 1, or "all". Of a larger one it is a fixed sample, the same at every
   * step, and its histograms say so; norms and update ratios are of all entries. Default: 16384.
   */
  readonly histogramEntries?: number | "all";
  /**
   * Measure gradients, weights and activations at every n-th step, n ≥ 1. Default: about 40 times a training; more seldom,
   * down to 10 times, where that would add more than 2 % to its time.
   */
  readonly sampleEvery?: number;
}

export type TrackOption = string | false | TrackOptions;

export type HistogramKind = "weights" | "gradients" | "activations";

/** What a run is called, and belongs to. */
export type RunTexts = Pick<TrackOptions, "name" | "tags" | "notes" | "group" | "parent">;

export interface TrackPlan extends Omit<TrackOptions, "histograms" | "histogramEntries"> {
  readonly name: string;
  /** Those the person gave, without defaults. */
  readonly said: RunTexts;
  readonly histograms: readonly HistogramKind[];
  /** Infinity for all; undefined for the default. */
  readonly histogramEntries?: number;
}

const kinds: readonly string[] = ["weights", "gradients", "activations"] satisfies HistogramKind[];
const known: OptionNames<TrackOptions> = {
  name: true,
  config: true,
  tags: true,
  notes: true,
  group: true,
  dir: true,
  parent: true,
  system: true,
  output: true,
  histograms: true,
  histogramEntries: true,
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
  const { histogramEntries, ...rest } = options;
  const { name = defaults.name, group = defaults.group, tags, notes } = options;
  if (options.name !== undefined && (typeof options.name !== "string" || options.name.trim() === ""))
    throw new TypeError(
      `fit needs track's name to be a text, not an empty one; it was given ${shown(options.name)}`,
    );
  checkSampleEvery(options);
  return {
    ...rest,
    name,
    said: {
      ...(options.name !== undefined && { name }),
      ...(options.group !== undefined && { group: options.group }),
      ...(tags !== undefined && { tags }),
      ...(notes !== undefined && { notes }),
      ...(options.parent !== undefined && { parent: options.parent }),
    },
    ...(group !== undefined && { group }),
    histograms: histogramsOf(options),
    ...(histogramEntries !== undefined && { histogramEntries: entriesOf(histogramEntries) }),
  };
}

function checkSampleEvery({ sampleEvery }: TrackOptions): void {
  if (sampleEvery !== undefined && !isCount(sampleEvery))
    throw new RangeError(
      `fit needs sampleEvery to be a whole number of at least 1; it was given ${shown(sampleEvery)}`,
    );
}

function histogramsOf({ histograms = kinds.join(" ") }: TrackOptions): HistogramKind[] {
  if (typeof histograms !== "string")
    throw new TypeError(
      `fit needs histograms to be a text such as "weights gradients"; it was given ${histograms}`,
    );
  const asked = histograms.split(/[\s,]+/).filter((kind) => kind !== "");
  for (const kind of asked)
    if (!kinds.includes(kind))
      throw new RangeError(`fit needs histograms of ${kinds.join(", ")}; it was given "${kind}"`);
  return asked as HistogramKind[];
}

function entriesOf(given: number | "all"): number {
  if (given === "all") return Number.POSITIVE_INFINITY;
  if (isCount(given)) return given;
  throw new RangeError(
    `fit needs histogramEntries to be a whole number of at least 1, or "all"; it was given ${shown(given)}`,
  );
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}
