/** One value for each of several named things, as people give them. */
import { nearestName } from "./nearestName.js";

/** A list in the order of the names, or an object by name. */
export type Several<T> = readonly T[] | Readonly<Record<string, T>>;

export interface Asked {
  /** Who asks, and for what: `fit` needs `a loss`. */
  readonly who: string;
  readonly what: string;
  /** What the names are of, in the plural: `outputs`. */
  readonly of: string;
}

/**
 * The values in the order of the names; undefined for a name that an object has no value for.
 *
 * @throws TypeError if a list has another length, RangeError for an unknown name, with the nearest.
 * @example inOrder({ b: 2 }, ["a", "b"], { who: "fit", what: "a weight", of: "outputs" }) // [undefined, 2]
 */
export function inOrder<T>(
  given: Several<T>,
  names: readonly string[],
  { who, what, of }: Asked,
): (T | undefined)[] {
  const known = `${who} needs ${what} for each of the ${of} ${names.map((name) => `"${name}"`).join(", ")}`;
  if (Array.isArray(given)) {
    if (given.length !== names.length)
      throw new TypeError(`${known}; it was given a list of ${given.length}`);
    return [...given];
  }
  const byName = given as Readonly<Record<string, T>>;
  const wrong = Object.keys(byName).find((name) => !names.includes(name));
  if (wrong !== undefined) {
    const near = nearestName(wrong, names);
    throw new RangeError(
      `${known}; it was given one for "${wrong}"${near === undefined ? "" : `, the nearest is "${near}"`}`,
    );
  }
  return names.map((name) => (Object.hasOwn(byName, name) ? byName[name] : undefined));
}
