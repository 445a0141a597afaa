/** Which of a model's weights something holds for, such as weight decay. */
import type { WeightInfo } from "./optimizer.js";

/**
 * - `"all"`: every trained weight
 * - `"kernels"`: without biases and the scales and shifts of norms: what has two axes or more and is not named bias,
 *   gamma, beta or alpha
 * - `only`, `except`: by the names of layers (`dense_1`), weights (`dense_1/kernel`) or kinds of weights (`kernel`)
 * - a predicate, which is called when a step is captured and must be pure
 */
export type WeightSelection =
  | "all"
  | "kernels"
  | { readonly only: readonly string[]; readonly except?: never }
  | { readonly except: readonly string[]; readonly only?: never }
  | ((weight: WeightInfo) => boolean);

export type Mask = (weight: WeightInfo) => boolean;

/**
 * @param what whose option it is, such as `adamw's decayOn`
 * @throws TypeError for anything that is no selection.
 */
export function maskOf(what: string, selection: WeightSelection): Mask {
  if (selection === "all") return () => true;
  if (selection === "kernels") return isKernel;
  if (typeof selection === "function") return (weight) => chosen(what, selection, weight);
  const { only, except } = lists(what, selection);
  if (only) return (weight) => only.some((name) => isNamed(weight, name));
  return (weight) => !except.some((name) => isNamed(weight, name));
}

/** The names that a selection takes from a model; empty where it takes none. */
export function namesIn(selection: WeightSelection): readonly string[] {
  return typeof selection === "object" ? (selection.only ?? selection.except) : [];
}

/**
 * @param who the optimiser's name
 * @throws RangeError for a name that no layer or weight has.
 */
export function checkNamesIn(who: string, names: readonly string[], weights: readonly WeightInfo[]): void {
  const wrong = names.find((name) => !weights.some((weight) => isNamed(weight, name)));
  if (wrong === undefined) return;
  const known = weights.map(({ name }) => name).join(", ");
  throw new RangeError(
    `${who} needs names of the model's own layers or weights (${known}); it was given "${wrong}"`,
  );
}

function isKernel({ name, shape }: WeightInfo): boolean {
  return shape.length >= 2 && !/(^|\/)(bias|gamma|beta|alpha)(_\d+)?$/.test(name);
}

/** The layer's name, the whole name, or its last part. */
function isNamed({ name }: WeightInfo, given: string): boolean {
  const slash = name.lastIndexOf("/");
  return name === given || name.slice(0, slash) === given || name.slice(slash + 1) === given;
}

function chosen(what: string, predicate: Mask, weight: WeightInfo): boolean {
  const answer: unknown = predicate(weight);
  if (typeof answer === "boolean") return answer;
  throw new TypeError(
    `${what} needs a predicate that answers true or false; for ${weight.name} it answered ${String(answer)}`,
  );
}

function lists(
  what: string,
  selection: unknown,
): { only: readonly string[]; except: readonly string[] } | { only?: undefined; except: readonly string[] } {
  const isList = (value: unknown): value is string[] =>
    Array.isArray(value) && value.length > 0 && value.every((name) => typeof name === "string");
  if (typeof selection === "object" && selection !== null) {
    const { only, except } = selection as Record<string, unknown>;
    if (isList(only) && except === undefined) return { only, except: [] };
    if (isList(except) && only === undefined) return { except };
  }
  throw new TypeError(
    `${what} needs "all", "kernels", { only: [names] }, { except: [names] } or a predicate; it was given ${typeof selection === "string" ? `"${selection}"` : (JSON.stringify(selection) ?? String(selection))}`,
  );
}
