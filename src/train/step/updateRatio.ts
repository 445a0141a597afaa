/**
 * ‖after − before‖₂ / ‖before‖₂; 0 for a weight of zeros.
 *
 * @param size ‖before‖₂
 */
export function updateRatio(before: Float32Array, after: Float32Array, size: number): number {
  return size === 0 ? 0 : Math.sqrt(squaredDistance(before, after)) / size;
}

function squaredDistance(from: Float32Array, to: Float32Array): number {
  const whole = from.length & ~3;
  let sum = distanceOfFours(from, to, whole);
  for (let i = whole; i < from.length; i++) {
    const difference = (to[i] as number) - (from[i] as number);
    sum += difference * difference;
  }
  return sum;
}

/**
 * Four sums, as one addition waits for the one before. A loop over all values has a function of its own: V8 would leave the compiled loop for code behind it that has not run.
 */
function distanceOfFours(from: Float32Array, to: Float32Array, end: number): number {
  let [sum, sum1, sum2, sum3] = [0, 0, 0, 0];
  for (let i = 0; i < end; i += 4) {
    const a = (to[i] as number) - (from[i] as number);
    const b = (to[i + 1] as number) - (from[i + 1] as number);
    const c = (to[i + 2] as number) - (from[i + 2] as number);
    const d = (to[i + 3] as number) - (from[i + 3] as number);
    sum += a * a;
    sum1 += b * b;
    sum2 += c * c;
    sum3 += d * d;
  }
  return sum + sum1 + (sum2 + sum3);
}
