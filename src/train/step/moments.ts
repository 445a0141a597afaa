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

interface Extremes {
  /** Of bits in order. */
  least: number;
  most: number;
  zeros: number;
}

/** By bits: branches on floating-point numbers are slower, and zeros are counted without any. */
function extremes(values: Float32Array): Extremes {
  const all = new Int32Array(values.buffer, values.byteOffset, values.length);
  const found = { least: 0x7fffffff, most: -0x80000000, zeros: 0 };
  const whole = all.length & ~3;
  extremesOfFours(all, whole, found);
  for (let i = whole; i < all.length; i++) {
    const bits = all[i] as number;
    const place = inOrder(bits);
    if (place < found.least) found.least = place;
    if (place > found.most) found.most = place;
    found.zeros += zeroBit(bits);
  }
  return all.length === 0 ? { least: 0, most: 0, zeros: 0 } : found;
}

/** 1 of 0 and -0, else 0: of 0 alone the number before has a sign. */
function zeroBit(bits: number): number {
  return ((bits & 0x7fffffff) - 1) >>> 31;
}

/** Four in a turn take half as long; a function of its own as with the sums. */
function extremesOfFours(all: Int32Array, end: number, to: Extremes): void {
  let { least, most, zeros } = to;
  for (let i = 0; i < end; i += 4) {
    const bits = all[i] as number;
    const bits1 = all[i + 1] as number;
    const bits2 = all[i + 2] as number;
    const bits3 = all[i + 3] as number;
    const place = inOrder(bits);
    const place1 = inOrder(bits1);
    const place2 = inOrder(bits2);
    const place3 = inOrder(bits3);
    if (place < least) least = place;
    if (place > most) most = place;
    if (place1 < least) least = place1;
    if (place1 > most) most = place1;
    if (place2 < least) least = place2;
    if (place2 > most) most = place2;
    if (place3 < least) least = place3;
    if (place3 > most) most = place3;
    zeros = (zeros + zeroBit(bits) + zeroBit(bits1) + zeroBit(bits2) + zeroBit(bits3)) | 0;
  }
  to.least = least;
  to.most = most;
  to.zeros = zeros;
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
