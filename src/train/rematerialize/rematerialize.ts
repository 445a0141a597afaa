/** The option `rematerialize`: from what a person gives to the places where a model is cut. */
import { nearestName } from "../../base/nearestName.js";
import { tf } from "../../native/index.js";
import { statefulParts } from "../../native/statefulParts.js";
import { isOwn } from "../step/ownClasses.js";
import { type Cut, type Cuts, cutsOf } from "./cuts.js";
import { evenCuts, leastCuts, rootCuts } from "./segments.js";

/**
 * Which activations a training step does not keep for the gradient, but computes again:
 * - `true`: those of as many segments of layers as make the step hold the least, by the sizes of the layers' outputs
 * - `"sqrt"`: of √n segments, where the model could be cut into n
 * - `{ segments: n }`: of at most n segments that put out about as much each, n ≥ 2
 * - names of layers: of segments that end with these
 * - `false`: none
 */
export type Rematerialize = boolean | "sqrt" | { readonly segments: number } | readonly string[];

/**
 * @param who whose option it is, such as `fit`
 * @returns the cuts between segments, input side first; none where all activations are kept
 * @throws TypeError for another kind of value, and for a model that cannot be cut.
 * @throws RangeError for less than 2 segments, and for names that are no layers' or of layers that are no cut.
 */
export function rematerializedAt(
  who: string,
  model: tf.LayersModel,
  option: Rematerialize | undefined = false,
): readonly Cut[] {
  if (option === false) return [];
  checkKind(who, option);
  const all = cutsOf(model);
  const why = whyWhole(model, all);
  if (why !== undefined)
    throw new TypeError(
      `${who} needs a model that can be cut into segments for rematerialize; "${model.name}" ${why}`,
    );
  if (Array.isArray(option)) return namedCuts(who, all, { model, names: option });
  if (option === "sqrt") return rootCuts(all);
  return typeof option === "object" && "segments" in option ? evenCuts(all, option.segments) : leastCuts(all);
}

function checkKind(who: string, option: unknown): void {
  const segments = (option as { segments?: unknown } | null)?.segments;
  const isCount =
    typeof option === "object" && segments !== undefined && Object.keys(option as object).length === 1;
  const isNames =
    Array.isArray(option) && option.length > 0 && option.every((name) => typeof name === "string");
  if (option !== true && option !== "sqrt" && !isCount && !isNames)
    throw new TypeError(
      `${who} needs rematerialize to be true, false, "sqrt", { segments: n } or a list of layers' names; it was given ${JSON.stringify(option) ?? String(option)}`,
    );
  if (isCount && !(Number.isSafeInteger(segments) && (segments as number) >= 2))
    throw new RangeError(
      `${who} needs rematerialize's segments to be a whole number of at least 2; it was given ${String(segments)}`,
    );
}

/** What keeps a model from being cut, to follow its name; undefined if nothing. */
function whyWhole(model: tf.LayersModel, { cuts }: Cuts): string | undefined {
  const kind = Object.getPrototypeOf(model) as unknown;
  if (kind !== tf.LayersModel.prototype && kind !== tf.Sequential.prototype)
    return "is of a class of its own, whose way through its layers cannot be seen";
  const masks = model.layers.find(makesMask);
  if (masks) return `has a mask, which "${masks.name}" makes and later layers read`;
  const [states] = statefulParts(model).filter((part) => !(part instanceof tf.LayersModel));
  if (states) return `keeps a state from batch to batch in "${(states as Layer).name}"`;
  if (cuts.length > 0) return undefined;
  return "has no layer before its outputs through which all ways go";
}

type Layer = tf.LayersModel["layers"][number];

/** A layer of a person's own may, where it says how. */
function makesMask(layer: Layer): boolean {
  if (layer instanceof tf.LayersModel) return layer.layers.some(makesMask);
  const { maskZero } = layer as unknown as { maskZero?: boolean };
  if (maskZero || layer.getClassName() === "Masking") return true;
  return !isOwn(layer) && layer.computeMask !== tf.layers.Layer.prototype.computeMask;
}

function namedCuts(
  who: string,
  { cuts }: Cuts,
  { model, names }: { model: tf.LayersModel; names: readonly string[] },
): Cut[] {
  for (const name of names) {
    if (cuts.some(({ layer }) => layer === name)) continue;
    const layers = model.layers.map((layer) => layer.name);
    const near = layers.includes(name) ? undefined : nearestName(name, layers);
    const what = layers.includes(name)
      ? `"${name}", beside which there are other ways, or nothing comes behind it`
      : `"${name}", which is none of its layers${near === undefined ? "" : `; the nearest is "${near}"`}`;
    const known = cuts.map(({ layer }) => layer).join(", ");
    throw new RangeError(
      `${who} needs rematerialize to name layers through which all ways of the model go (${known}); it was given ${what}`,
    );
  }
  return cuts.filter(({ layer }) => names.includes(layer));
}
