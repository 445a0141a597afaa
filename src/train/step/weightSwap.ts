/** Lends a model other values for its weights, so that its layers compute with them without being changed. */
import { tf } from "../../native/index.js";

/** What of the engine is needed to keep its books right while a variable's data changes hands. */
interface Engine {
  incRef(tensor: tf.Tensor, backend: null): void;
  disposeTensor(tensor: tf.Tensor): void;
}

/**
 * Runs `compute` while each variable holds the tensor beside it, then gives the variables their own values back.
 * A layer that assigns a variable meanwhile (batch norm's moving averages) leaves its new value there until then.
 */
export function withWeights<T>(
  variables: readonly tf.Variable[],
  values: readonly tf.Tensor[],
  compute: () => T,
): T {
  const engine = tf.engine() as unknown as Engine;
  const own = variables.map((variable) => variable.dataId);
  variables.forEach((variable, i) => {
    variable.dataId = (values[i] as tf.Tensor).dataId;
    engine.incRef(variable, null);
  });
  try {
    return compute();
  } finally {
    variables.forEach((variable, i) => {
      engine.disposeTensor(variable);
      variable.dataId = own[i] as object;
    });
  }
}
