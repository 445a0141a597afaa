/** How weights start: a name or a TensorFlow.js initialiser, and the choice that suits an activation. */

import type { Random } from "../base/random.js";
import { tf } from "../native/index.js";
import type { ActivationName } from "./activation.js";

export type Initializer = ReturnType<typeof tf.initializers.heNormal>;

const named = {
  glorotNormal: tf.initializers.glorotNormal,
  glorotUniform: tf.initializers.glorotUniform,
  heNormal: tf.initializers.heNormal,
  heUniform: tf.initializers.heUniform,
  lecunNormal: tf.initializers.leCunNormal,
  lecunUniform: tf.initializers.leCunUniform,
  orthogonal: tf.initializers.orthogonal,
} as const;

export type InitializerName = keyof typeof named;

/** He et al. 2015 (arXiv:1502.01852): for functions that are 0 on half of their input, and their smooth kin. */
const heLike: readonly ActivationName[] = [
  "relu",
  "relu6",
  "elu",
  "swish",
  "mish",
  "gelu",
  "gelu_new",
  "softplus",
];

/**
 * The initialiser that keeps the variance of an activation's signal: He for the ReLU kin, LeCun for SELU
 * (Klambauer et al. 2017, arXiv:1706.02515), Glorot (Glorot & Bengio 2010) for the rest.
 *
 * Uniform ones, because TensorFlow.js' normal ones are cut at two deviations without making up for it: their
 * deviation is 0.88 of what the papers ask for.
 */
export function defaultInitializer(activation: ActivationName): InitializerName {
  if (activation === "selu") return "lecunUniform";
  return heLike.includes(activation) ? "heUniform" : "glorotUniform";
}

/**
 * @param source seeds the initialiser; an initialiser given as an object keeps its own seed.
 * @throws RangeError if the name is unknown.
 */
export function initializer(choice: InitializerName | Initializer, source: Random): Initializer {
  if (typeof choice !== "string") return choice;
  const make = Object.hasOwn(named, choice) ? named[choice] : undefined;
  if (!make)
    throw new RangeError(
      `An initializer needs one of the names ${Object.keys(named).join(", ")}; it was given "${choice}"`,
    );
  return make({ seed: source.seed() });
}
