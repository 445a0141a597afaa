/** Numbers that look random and are the same in Python: float32, evenly spread in [-scale, scale). */
import { tf } from "../../../src/native/index.js";

/** As the function `values` of tests/oracles/train/torch_narrow.py and torch_loss_scale.py. */
export function hashedValues(shape: number[], seed: number, scale: number): tf.Tensor {
  const numbers = Float32Array.from(
    { length: shape.reduce((product, size) => product * size, 1) },
    (_, i) => {
      let h = Math.imul(i + seed * 1000003, 2654435761) >>> 0;
      h = Math.imul(h ^ (h >>> 15), 2246822519) >>> 0;
      return Math.fround(((h ^ (h >>> 13)) >>> 8) / 2 ** 23 - 1) * Math.fround(scale);
    },
  );
  return tf.tensor(numbers, shape);
}
