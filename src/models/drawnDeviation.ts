/** With which standard deviation an initialiser draws. */
import { sizeOfShape } from "../base/sizeOfShape.js";

/** Of a normal distribution that is cut at two of its deviations, in these: √(1 − 4 φ(2) / (Φ(2) − Φ(−2))). */
const cut = 0.8796256610342398;

/**
 * Of TensorFlow.js' initialisers that draw each number by itself, He's, Glorot's and LeCun's among them; undefined for others,
 * such as constants and orthogonal matrices.
 *
 * @param serialized as a layer's configuration has it
 * @param shape of the weights; of more than two axes as convolutions have it, the window's first
 */
export function drawnDeviation(serialized: unknown, shape: readonly number[]): number | undefined {
  if (typeof serialized !== "object" || serialized === null) return undefined;
  const { className, config = {} } = serialized as { className?: string; config?: Record<string, unknown> };
  if (className === "RandomNormal") return positive(config.stddev);
  if (className === "TruncatedNormal") return positive(cut * Number(config.stddev));
  if (className === "RandomUniform")
    return positive((Number(config.maxval) - Number(config.minval)) / Math.sqrt(12));
  if (className !== "VarianceScaling" || shape.length < 2) return undefined;
  const fan = fanOf(config.mode, shape);
  if (fan === undefined) return undefined;
  return positive((config.distribution === "uniform" ? 1 : cut) * Math.sqrt(Number(config.scale) / fan));
}

function positive(deviation: unknown): number | undefined {
  return typeof deviation === "number" && deviation > 0 && Number.isFinite(deviation) ? deviation : undefined;
}

/** Numbers that go into one sum, sums that one number goes into, or their mean. */
function fanOf(mode: unknown, shape: readonly number[]): number | undefined {
  const into = sizeOfShape(shape.slice(0, -1));
  const from = sizeOfShape(shape.slice(0, -2)) * (shape.at(-1) as number);
  if (mode === "fanIn") return into;
  if (mode === "fanOut") return from;
  return mode === "fanAvg" ? (into + from) / 2 : undefined;
}
