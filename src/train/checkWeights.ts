import { tf } from "../native/index.js";

/**
 * Checks, before the first step, that no weight of a model is NaN or infinite: every loss would be too, whatever the
 * rate. A training that failed leaves such weights behind.
 *
 * @throws RangeError that names the first such weight.
 */
export function checkWeights(model: tf.LayersModel): void {
  const spoiled = model.weights.find((weight) => !isAllFinite(weight.read()));
  if (spoiled)
    throw new RangeError(
      `fit needs weights that are finite numbers; ${spoiled.name} of "${model.name}" holds NaN or an infinity before the first step, as a training that failed leaves it: build the model anew, or load its weights`,
    );
}

function isAllFinite(weight: tf.Tensor): boolean {
  if (weight.dtype !== "float32") return true;
  return tf.tidy(() => tf.all(tf.isFinite(weight)).dataSync()[0] === 1);
}
