/** A declared search space: a distribution for each parameter, in the order of declaration. */
import {
  type CategoricalDistribution,
  type Choice,
  cardinality,
  categoricalDistribution,
  type Distribution,
  type FloatDistribution,
  floatDistribution,
  type IntDistribution,
  intDistribution,
  type NumericOptions,
  type ParameterValue,
} from "./distribution.js";

/** Parameter → distribution. Key order is the order in which values are drawn and grids are walked. */
export type Space = Readonly<Record<string, Distribution>>;
/** Parameter → value. */
export type Parameters = Readonly<Record<string, ParameterValue>>;

/** What a person may write for one parameter: a distribution of `space.*`, a list of choices, or one fixed value. */
export type ParameterForm = Distribution | readonly Choice[] | Choice;
export type SpaceForm = Readonly<Record<string, ParameterForm>>;

/**
 * Distributions by name. Bounds are checked when the sweep starts, where the parameter's name is known.
 *
 * @example sweep({ space: { lr: space.log(1e-4, 1e-1), units: space.int(32, 512), activation: ["relu", "swish"] }, … })
 */
export const space = {
  /** Real numbers in [low, high]. */
  float: (low: number, high: number, options?: NumericOptions): FloatDistribution => ({
    kind: "float",
    low,
    high,
    ...options,
  }),
  /** Real numbers in [low, high], uniform in the logarithm. `low` above 0. */
  log: (low: number, high: number): FloatDistribution => ({ kind: "float", low, high, log: true }),
  /** Integers in [low, high], both included. */
  int: (low: number, high: number, options?: NumericOptions): IntDistribution => ({
    kind: "int",
    low,
    high,
    ...options,
  }),
  /** One of the values. */
  choice: (...choices: Choice[]): CategoricalDistribution => ({ kind: "categorical", choices }),
};

/** Checks a person's form and turns it into a space. Errors name the parameter. */
export function normalizeSpace(form: SpaceForm): Space {
  return Object.fromEntries(
    Object.entries(form).map(([name, entry]) => [name, normalizeParameter(name, entry)]),
  );
}

function normalizeParameter(name: string, form: ParameterForm): Distribution {
  if (Array.isArray(form)) return categoricalDistribution(name, form);
  if (typeof form !== "object" || form === null) return categoricalDistribution(name, [form as Choice]);
  const distribution = form as Distribution;
  switch (distribution.kind) {
    case "float":
      return floatDistribution(name, [distribution.low, distribution.high], distribution);
    case "int":
      return intDistribution(name, [distribution.low, distribution.high], distribution);
    case "categorical":
      return categoricalDistribution(name, distribution.choices);
    default:
      throw new TypeError(
        `parameter "${name}" needs space.float, space.log, space.int, space.choice, a list or a value; it was given ${JSON.stringify(form)}`,
      );
  }
}

/** How many combinations there are; Infinity when a parameter is continuous. */
export function combinations(space: Space): number {
  return Object.values(space).reduce((product, distribution) => product * cardinality(distribution), 1);
}
