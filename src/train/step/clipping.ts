/** Bounds on gradients: which one, of what, and how it is applied. */
import { refuseUnknown } from "../../base/knownOptions.js";
import { tf } from "../../native/index.js";
import { inRange } from "../../optim/bounds.js";
import type { WeightInfo } from "../../optim/optimizer.js";
import { type Mask, maskOf, namesIn, type WeightSelection } from "../../optim/weightSelection.js";
import { clipByGlobalNorm } from "./clip.js";

/** Adaptive clipping, and what it holds for. */
export interface AdaptiveClip {
  /** The most that a gradient's norm may be, as a share of its weight's, > 0. */
  readonly factor: number;
  /** Default `"all"`. Brock et al. leave out the last layer: `{ except: ["output"] }`. */
  readonly on?: WeightSelection;
}

/** At most one of them. */
export interface ClipOptions {
  /** Scales all gradients down so that their global L2 norm is at most this; above 0. */
  readonly clipNorm?: number;
  /** Cuts every entry of a gradient off at ± this; above 0. As `torch.nn.utils.clip_grad_value_`. */
  readonly clipValue?: number;
  /**
   * Scales a gradient down, unit by unit, so that its norm is at most this share of its weight's norm; above 0 (Brock
   * et al. 2021, such as 0.01). A unit is what leads to one output: all axes but the last; of a bias, all of it.
   */
  readonly clipAdaptive?: number | AdaptiveClip;
}

const kinds = ["clipNorm", "clipValue", "clipAdaptive"] as const;

/** The options after their checks. */
export interface Clipping {
  readonly kind: (typeof kinds)[number];
  /** An input of the step, never a constant in it. */
  readonly most: number;
  readonly of: Mask;
  /** Layers and weights that the options name. */
  readonly names: readonly string[];
}

/**
 * @param who whose options they are, such as `fit`
 * @returns undefined for no clipping
 * @throws RangeError for more than one, or a bound that is not above 0.
 */
export function clippingOf(who: string, options: ClipOptions): Clipping | undefined {
  const given = kinds.filter((kind) => options[kind] !== undefined);
  const [kind, other] = given;
  if (kind === undefined) return undefined;
  if (other !== undefined)
    throw new RangeError(
      `${who} needs at most one way to clip gradients; it was given ${given.join(" and ")}`,
    );
  const value = options[kind] as number | AdaptiveClip;
  if (typeof value === "number") return { kind, most: positive(who, kind, value), of: () => true, names: [] };
  if (kind !== "clipAdaptive") throw notPositive(who, kind, value);
  refuseUnknown(`${who}'s clipAdaptive`, value, { factor: true, on: true });
  const { factor, on = "all" } = value;
  return {
    kind,
    most: positive(who, "clipAdaptive's factor", factor),
    of: maskOf(`${who}'s clipAdaptive`, on),
    names: namesIn(on),
  };
}

function positive(who: string, what: string, value: number): number {
  if (!(typeof value === "number" && value > 0 && Number.isFinite(value)))
    throw notPositive(who, what, value);
  return inRange(what, value, { least: 0 });
}

function notPositive(who: string, what: string, value: unknown): RangeError {
  return new RangeError(
    `${who} needs a ${what} above 0; it was given ${typeof value === "object" ? JSON.stringify(value) : String(value)}`,
  );
}

/** What is clipped; one entry a trained weight. */
export interface Clippable {
  readonly gradients: readonly tf.Tensor[];
  readonly parameters: readonly tf.Tensor[];
  readonly weights: readonly WeightInfo[];
}

export function clipped(clipping: Clipping, most: tf.Scalar, given: Clippable): tf.Tensor[] {
  const { gradients, parameters, weights } = given;
  if (clipping.kind === "clipNorm") return clipByGlobalNorm(gradients, most);
  if (clipping.kind === "clipValue") return gradients.map((gradient) => clipByValue(gradient, most));
  return gradients.map((gradient, i) =>
    clipping.of(weights[i] as WeightInfo) ? clipByUnit(gradient, parameters[i] as tf.Tensor, most) : gradient,
  );
}

function clipByValue(gradient: tf.Tensor, most: tf.Scalar): tf.Tensor {
  return tf.maximum(tf.minimum(gradient, most), tf.neg(most));
}

/** Weights that begin at 0, such as biases, could not move otherwise (Brock et al. 2021, section 4.1). */
const leastNorm = 1e-3;
/** In the divisor only. */
const tiny = 1e-6;

function clipByUnit(gradient: tf.Tensor, parameter: tf.Tensor, factor: tf.Scalar): tf.Tensor {
  const most = tf.mul(factor, tf.maximum(unitNorms(parameter), leastNorm));
  const norms = unitNorms(gradient);
  const scale = tf.div(most, tf.maximum(norms, tiny));
  return tf.where(tf.greater(norms, most), tf.mul(gradient, scale), gradient);
}

function unitNorms(x: tf.Tensor): tf.Tensor {
  const axes = x.rank <= 1 ? undefined : x.shape.slice(0, -1).map((_, axis) => axis);
  return tf.sqrt(tf.sum(tf.square(x), axes, true));
}
