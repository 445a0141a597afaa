/** Rows to look at where looking at all of them would take too long. */
import { random } from "../../base/random.js";

/**
 * Which of `size` rows, in order: all of them, or `most` that are drawn one from each of as many equal stretches, always
 * the same ones.
 */
export function sampledRows(size: number, most: number): Int32Array {
  if (size <= most) return Int32Array.from({ length: size }, (_, row) => row);
  const generator = random(0).split("sampled rows");
  const stretch = size / most;
  return Int32Array.from({ length: most }, (_, i) =>
    Math.min(size - 1, Math.floor((i + generator.next()) * stretch)),
  );
}
