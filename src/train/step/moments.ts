/** Sums and extremes of a tensor's values, in float64. */

/** Over the finite values. */
export interface Moments {
  /** Of |v|. */
  readonly sum: number;
  readonly squares: number;
  /** Largest |v|; 0 without any. */
  readonly largest: number;
  readonly zeros: number;
  /** How many they are. */
  readonly finite: number;
}

const infinityBits = 0x7f800000;
const float = new Float32Array(1);
const floatBits = new Int32Array(float.buffer);

/** Measured at many steps of large tensors, so both loops go without branches that a processor could not foresee. */
export function moments(values: Float32Array): Moments {
  const { most, zeros } = sizes(values);
  if (most >= infinityBits) return moments(values.filter(Number.isFinite));
  floatBits[0] = most;
  return { ...sums(values), largest: float[0] as number, zeros, finite: values.length };
}

/** By the bits after the sign, which rise as |v| does; those of NaN are above those of infinity. */
function sizes(values: Float32Array): { most: number; zeros: number } {
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
  let most = 0;
  let zeros = 0;
  for (let i = 0; i < bits.length; i++) {
    const size = (bits[i] as number) & 0x7fffffff;
    if (size > most) most = size;
    // −1 has a sign, no size has.
    zeros += (size - 1) >>> 31;
  }
  return { most, zeros };
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

/** Four sums each, as one addition waits for the one before. A loop over all values has a function of its own, as `log10Histogram.ts` says. */
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
