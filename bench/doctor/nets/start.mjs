// How the weights of a run start where that is its fault.
import { tf } from "../../../dist/src/index.js";

/** Of an activation, as the benchmark says: He's for ReLU and SELU, else Glorot's. */
export function usualInitializer(activation, seed) {
  return ["relu", "selu"].includes(activation)
    ? tf.initializers.heUniform({ seed })
    : tf.initializers.glorotUniform({ seed });
}

/** Of a net's `start`: { normal }, { uniform }, { all } or { named }. */
export function startInitializer({ normal, uniform, all, named }, seed) {
  if (normal !== undefined) return tf.initializers.randomNormal({ mean: 0, stddev: normal, seed });
  if (uniform !== undefined)
    return tf.initializers.randomUniform({ minval: -uniform, maxval: uniform, seed });
  if (all !== undefined) return tf.initializers.constant({ value: all });
  return tf.initializers[named]({ seed });
}
