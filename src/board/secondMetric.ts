/** What a trial or run is weighed by beside its objective: the second axis of a Pareto front. */
import { knownDirection } from "../base/metric.js";
import type { Direction } from "../sweep/trialRecord.js";

/** Plain data: a part of the board's settings. */
export interface ParetoChoice {
  /** `duration`, `parameters`, a numeric parameter, or a tag of the runs such as `epoch/valLoss`, or `valLoss`. */
  readonly name: string;
  /** Undefined: as the name is known for, else `minimize`, as costs are. */
  readonly direction?: Direction;
}

/** What a panel draws of it. */
export interface SecondMetric {
  /** In words, with its unit. */
  readonly title: string;
  readonly direction: Direction;
}

/** Seconds from a trial's start to its end. */
export const duration = "duration";
/** How many numbers the model's weights have. */
export const parameterCount = "parameters";

const suffixes: Readonly<Record<string, Direction>> = { min: "minimize", max: "maximize" };

/**
 * @param text a name, and after a colon the direction where it is not known: `reward:max`.
 * @throws TypeError if it is no text, RangeError if it names nothing or another direction.
 */
export function paretoChoice(text: string): ParetoChoice {
  if (typeof text !== "string")
    throw new TypeError(`board needs pareto to be the name of a metric; it was given ${typeof text}`);
  const [name = "", suffix, ...more] = text.split(":");
  const direction = suffix === undefined ? undefined : suffixes[suffix];
  if (name === "" || more.length > 0 || (suffix !== undefined && !direction))
    throw new RangeError(
      `board needs pareto as NAME, NAME:min or NAME:max; it was given ${JSON.stringify(text)}`,
    );
  return { name, ...(direction ? { direction } : {}) };
}

export function secondMetric({ name, direction }: ParetoChoice): SecondMetric {
  const titles: Readonly<Record<string, string>> = {
    [duration]: "duration (s)",
    [parameterCount]: "parameters of the model",
  };
  const known = knownDirection(name.slice(name.lastIndexOf("/") + 1));
  return {
    title: Object.hasOwn(titles, name) ? (titles[name] as string) : name,
    direction: direction ?? (known === "max" ? "maximize" : "minimize"),
  };
}

/** A series by its tag, or an epoch's metric by its name alone. */
export function tagOf<T>(series: ReadonlyMap<string, T>, name: string): T | undefined {
  return series.get(name) ?? series.get(`epoch/${name}`);
}
