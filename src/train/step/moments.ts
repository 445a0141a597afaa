/** Sums and extremes of a tensor's values, in float64. */
import { floatOf, infinityBits } from "./floatBits.js";

/** Over the finite values. */
export interface Moments {
  /** Of |v|. */
  readonly sum: number;
  readonly squares: number;
  /** The smallest value; Infinity without any. */
  readonly min: number;
  /** The largest value; -Infinity without any. */
  readonly max: number;
  readonly zeros: number;
  /** How many they are. */
  readonly finite: number;
}

export function moments(values: Float32Array): Moments {
  const { least, most, zeros } = extremes(values);
  if (most >= infinityBits || least <= ~infinityBits) return moments(finiteOf(values));
  const [min, max] =
    values.length === 0
      ? [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
      : [floatOf(inOrder(least)), floatOf(inOrder(most))];
  return { ...sums(values), min, max, zeros, finite: values.length };
}

/** Bits that rise as the value does, and from those the bits again. */
function inOrder(bits: number): number {
  return bits ^ ((bits >> 31) & 0x7fffffff);
}

/** By bits: branches on floating-point numbers are slower, and zeros are counted without any. */
function extremes(values: Float32Array): { least: number; most: number; zeros: number } {
  const all = new Int32Array(values.buffer, values.byteOffset, values.length);
  let least = 0x7fffffff;
  let most = -0x80000000;
  let zeros = 0;
  for (let i = 0; i < all.length; i++) {
    const bits = all[i] as number;
    const place = inOrder(bits);
    if (place < least) least = place;
    if (place > most) most = place;
    // Of 0 alone the number before has a sign.
    zeros += ((bits & 0x7fffffff) - 1) >>> 31;
  }
  if (all.length === 0) return { least: 0, most: 0, zeros };
  return { least, most, zeros };
}

function finiteOf(values: Float32Array): Float32Array {
  const finite = new Float32Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    // Of what is not finite it is NaN.
    if (value - value === 0) finite[count++] = value;
  }
  return finite.subarray(0, count);
}

/** Squares of float32 neither overflow nor vanish in float64. */
function sums(values: Float32Array): { sum: number; squares: number } {
  const all = { sum: 0, squares: 0 };
  const whole = values.length & ~3;
  addFours(values, whole, all);
  for (let i = whole; i < values.length; i++) {
    const value = values[i] as number;
    all.sum += Math.abs(value);
    all.squares += value * value;
  }
  return all;
}

/**
 * Four sums each, as one addition waits for the one before. A loop over all values has a function of its own: V8 would leave the compiled loop for code behind it that has not run.
 */
function addFours(values: Float32Array, end: number, to: { sum: number; squares: number }): void {
  let [sum, sum1, sum2, sum3] = [0, 0, 0, 0];
  let [squares, squares1, squares2, squares3] = [0, 0, 0, 0];
  for (let i = 0; i < end; i += 4) {
    const a = values[i] as number;
    const b = values[i + 1] as number;
    const c = values[i + 2] as number;
    const d = values[i + 3] as number;
    sum += Math.abs(a);
    sum1 += Math.abs(b);
    sum2 += Math.abs(c);
    sum3 += Math.abs(d);
    squares += a * a;
    squares1 += b * b;
    squares2 += c * c;
    squares3 += d * d;
  }
  to.sum = sum + sum1 + (sum2 + sum3);
  to.squares = squares + squares1 + (squares2 + squares3);
}
