/** What somebody gave for an optimiser, told apart: a name, TensorFlow.js's own, or ours not called. */
import { editDistance } from "../base/editDistance.js";
import type { Optimizer } from "./optimizer.js";

/** The optimisers and what wraps one, by the names they are exported under. */
export const optimizerNames = [
  "sgd",
  "adam",
  "adamw",
  "nadam",
  "radam",
  "adamax",
  "rmsprop",
  "adagrad",
  "adadelta",
  "lamb",
  "lars",
  "lion",
  "adafactor",
] as const;
export const wrapperNames = ["lookahead", "sam", "ema"] as const;

/**
 * @param who what needs an optimiser, such as `fit`
 * @throws TypeError for anything else, with the nearest of ours.
 */
export function givenOptimizer(who: string, value: unknown): Optimizer {
  if (isOptimizer(value)) return value;
  throw new TypeError(
    `${who} needs an optimizer such as adam({ learningRate: 1e-3 }); it was given ${described(value)}`,
  );
}

function isOptimizer(value: unknown): value is Optimizer {
  const { transform, scalars } = (value ?? {}) as Partial<Optimizer>;
  return typeof transform?.update === "function" && typeof scalars === "function";
}

function described(value: unknown): string {
  if (typeof value === "string") return `"${value}": write ${nearest(value)}()`;
  if (typeof value === "function") return functionGiven(value as { readonly name: string });
  const own = tensorflowName(value);
  if (own !== undefined) return `TensorFlow.js's own ${own}: write ${equivalent(own, value as object)}`;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function functionGiven({ name }: { readonly name: string }): string {
  if ((wrapperNames as readonly string[]).includes(name))
    return `the function ${name} itself: call it, as in ${name}(adam())`;
  return `the function ${name} itself: call it, as in ${nearest(name)}()`;
}

/** `tf.train.adam`, of an object that TensorFlow.js's `LayersModel.compile` takes. */
function tensorflowName(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("applyGradients" in value)) return undefined;
  const { className } = value as { className?: unknown; getClassName?: () => string };
  const given =
    typeof className === "string" ? className : (value as { getClassName?: () => string }).getClassName?.();
  const name = (given ?? "optimizer").toLowerCase();
  return `tf.train.${name}`;
}

function equivalent(own: string, value: object): string {
  const { learningRate } = value as { readonly learningRate?: unknown };
  const options: string[] = [];
  if (typeof learningRate === "number") options.push(`learningRate: ${Number(learningRate.toPrecision(7))}`);
  const name = own.slice("tf.train.".length);
  const momentum = (value as { readonly momentum?: unknown }).momentum;
  if (typeof momentum === "number" && momentum > 0) options.push(`momentum: ${momentum}`);
  return `${nearest(name)}(${options.length > 0 ? `{ ${options.join(", ")} }` : ""})`;
}

function nearest(given: string): string {
  const wanted = given.toLowerCase().replace(/[^a-z]/g, "");
  if (/momentum|nesterov/.test(wanted)) return "sgd";
  const [near] = [...optimizerNames]
    .map((name) => ({ name, distance: editDistance(wanted, name) }))
    .sort((a, b) => a.distance - b.distance);
  return near?.name ?? "adam";
}
