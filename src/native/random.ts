/**
 * Random numbers made by TensorFlow from a seed that is a tensor (Philox), so that a captured step can take another
 * seed each time: the same seed gives the same numbers, on every device.
 */
import { tf } from "./backend.js";
import { DType } from "./dtypes.js";
import { op1 } from "./op.js";

/** Of layers, the numbers of their noise, where these are inputs of a captured step: scalars. */
export type NoiseInputs = ReadonlyMap<object, readonly tf.Tensor[]>;

interface Stream {
  readonly seed: tf.Tensor1D;
  readonly noise: NoiseInputs | undefined;
  drawn: number;
}

let current: Stream | undefined;

/**
 * Runs `compute` with a stream of random numbers for the layers in it.
 *
 * @param seed int32 [2]
 * @param noise takes the place of rates and deviations that lie on layers
 */
export function withSeed<T>(seed: tf.Tensor1D, compute: () => T, noise?: NoiseInputs): T {
  const before = current;
  current = { seed, noise, drawn: 0 };
  try {
    return compute();
  } finally {
    current = before;
  }
}

/** The numbers given for a layer's noise; undefined where its own count. */
export function noiseInputs(layer: object): readonly tf.Tensor[] | undefined {
  return current?.noise?.get(layer);
}

/** How many times the stream was drawn from; 0 without a stream. */
export function drawnSoFar(): number {
  return current?.drawn ?? 0;
}

/**
 * Runs `compute` with the numbers that the stream gave after it was drawn from `drawn` times, which it goes on behind
 * afterwards as if nothing had been drawn.
 *
 * @param seedOf makes the seed tensor that is drawn from: one of the same values
 */
export function drawingAgain<T>(
  drawn: number,
  seedOf: (seed: tf.Tensor1D) => tf.Tensor1D,
  compute: () => T,
): T {
  if (!current) return compute();
  const before = current;
  current = { ...before, seed: seedOf(before.seed), drawn };
  try {
    return compute();
  } finally {
    current = before;
  }
}

/** Whether `seededUniform` and `seededNormal` may be called. */
export function hasSeed(): boolean {
  return current !== undefined;
}

/** The seed tensor's content for a whole number from 0 to 2⁵³ − 1. */
export function seedValues(seed: number): Int32Array {
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new RangeError(
      `a seed must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}, but is ${seed}`,
    );
  return Int32Array.of(seed | 0, Math.floor(seed / 2 ** 32) | 0);
}

/** Uniform over [0, 1), float32. Each call of a stream draws other numbers. */
export function seededUniform(shape: readonly number[]): tf.Tensor {
  return draw("StatelessRandomUniform", shape);
}

/** Mean 0, deviation 1, float32. */
export function seededNormal(shape: readonly number[]): tf.Tensor {
  return draw("StatelessRandomNormal", shape);
}

/** Mean 0, deviation 1 before what lies beyond 2 is drawn again, float32. */
export function seededTruncatedNormal(shape: readonly number[]): tf.Tensor {
  return draw("StatelessTruncatedNormal", shape);
}

/** Gamma with shape parameter `alpha` > 0 and scale 1, float32. */
export function seededGamma(shape: readonly number[], alpha: number): tf.Tensor {
  const types = { dtype: DType.float32, T: DType.int32, Tseed: DType.int32 };
  const size = tf.tensor1d([...shape], "int32");
  return op1("StatelessRandomGammaV2", { types }, [size, nextSeed(), tf.scalar(alpha)]);
}

/** The stream's next seed, int32 [2], for an op that draws. */
export function nextSeed(): tf.Tensor {
  if (!current) throw new ReferenceError("drawing seeded numbers needs a stream: call withSeed around it");
  // A step of the golden ratio keeps the streams of neighbouring seeds apart.
  const offset = Int32Array.of(0, Math.imul(++current.drawn, 0x9e3779b9));
  return tf.add(current.seed, tf.tensor1d(offset, "int32"));
}

function draw(name: string, shape: readonly number[]): tf.Tensor {
  const seed = nextSeed();
  const size = tf.tensor1d([...shape], "int32");
  const types = { dtype: DType.float32, T: DType.int32, Tseed: DType.int32 };
  return op1(name, { types }, [size, seed]);
}
