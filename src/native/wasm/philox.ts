/**
 * Philox4x32-10 (Salmon et al. 2011, Parallel random numbers: as easy as 1, 2, 3), keyed from a seed as TensorFlow's
 * stateless ops do, so that the same seed gives the same numbers as there.
 */

/** Four words of 32 bits, unsigned. */
type Block = readonly [number, number, number, number];

/** The words of a seed's stream. */
export interface Stream {
  /** The `index`-th block of four words; index from 0 to 2³² − 1. */
  block(index: number): Block;
}

/** @param seed two signed words of 32 bits */
export function streamOf(seed: ArrayLike<number>): Stream {
  // TensorFlow widens each word to 64 bits with its sign.
  const [low, high] = [seed[0] ?? 0, seed[1] ?? 0];
  const counter: Block = [low >>> 0, (low >> 31) >>> 0, high >>> 0, (high >> 31) >>> 0];
  const mixed = philox(counter, 0x3ec8f720, 0x02461e29);
  const [key0, key1, word2, word3] = mixed;
  return { block: (index) => philox([index >>> 0, 0, word2, word3], key0, key1) };
}

function philox(counter: Block, key0: number, key1: number): Block {
  let [a, b, c, d] = counter;
  let [k0, k1] = [key0, key1];
  for (let round = 0; round < 10; round++) {
    const [high0, low0] = product(0xd2511f53, a);
    const [high1, low1] = product(0xcd9e8d57, c);
    [a, b, c, d] = [(high1 ^ b ^ k0) >>> 0, low1, (high0 ^ d ^ k1) >>> 0, low0];
    k0 = (k0 + 0x9e3779b9) >>> 0;
    k1 = (k1 + 0xbb67ae85) >>> 0;
  }
  return [a, b, c, d];
}

/** The high and the low word of a product of two words. */
function product(x: number, y: number): [number, number] {
  const [xh, xl] = [x >>> 16, x & 0xffff];
  const [yh, yl] = [y >>> 16, y & 0xffff];
  const middle = xh * yl + ((xl * yl) >>> 16);
  const cross = xl * yh + (middle % 0x10000);
  const high = xh * yh + Math.floor(middle / 0x10000) + Math.floor(cross / 0x10000);
  return [high >>> 0, Math.imul(x, y) >>> 0];
}
