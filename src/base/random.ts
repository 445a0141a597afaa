/** Seeded random numbers: the one source of chance in the library, so that a seed decides everything. */
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";

/**
 * A generator with state. Same seed, same calls → same numbers, on every machine.
 *
 * Invariant: `split` neither reads nor advances the state, so a part of the program that draws more or
 * fewer numbers never shifts the numbers of another part that was split off under its own label.
 */
export interface Random {
  /** A multiple of 2⁻⁵³ in [0, 1). */
  next(): number;
  /** An integer in [0, bound). `bound` is a positive safe integer. */
  integer(bound: number): number;
  /** Normal with mean 0 and standard deviation 1. */
  normal(): number;
  /** A fresh seed for somebody else: an integer in [0, 2³¹). */
  seed(): number;
  /** 0 … n−1 in random order (Fisher–Yates). */
  permutation(n: number): Int32Array;
  /** An independent generator that depends on this one's seed and the label only. */
  split(label: string | number): Random;
}

/**
 * @param seed an integer (its lower 53 bits count).
 * @throws RangeError if the seed is not a safe integer.
 * @example random(7).split("shuffle").split(epoch).permutation(60_000)
 */
export function random(seed: number): Random {
  if (!Number.isSafeInteger(seed))
    throw new RangeError(`random needs an integer as seed; it was given ${seed}`);
  return fromState(spread([seed | 0, Math.floor(seed / 2 ** 32) | 0]));
}

function fromState(state: readonly number[]): Random {
  const generator = xoroshiro128plusFromState(state);
  let spare: number | undefined;
  const self: Random = {
    next: () => uniformFloat64(generator),
    integer: (bound) => uniformInt(generator, 0, bound - 1),
    seed: () => uniformInt(generator, 0, 2 ** 31 - 1),
    normal() {
      if (spare !== undefined) {
        const value = spare;
        spare = undefined;
        return value;
      }
      // Box–Muller; 1 − next() is in (0, 1], so the logarithm is finite.
      const radius = Math.sqrt(-2 * Math.log(1 - self.next()));
      const angle = 2 * Math.PI * self.next();
      spare = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
    permutation(n) {
      const order = Int32Array.from({ length: n }, (_, i) => i);
      for (let i = n - 1; i > 0; i--) {
        const j = uniformInt(generator, 0, i);
        const kept = order[i] as number;
        order[i] = order[j] as number;
        order[j] = kept;
      }
      return order;
    },
    split(label) {
      const text = `${typeof label}:${label}`;
      return fromState(spread([...state, ...Array.from(text, (char) => char.codePointAt(0) ?? 0)]));
    },
  };
  return self;
}

/** Hashes any number of 32-bit words into the four words of a state (MurmurHash3's mixing, one lane a word). */
function spread(words: readonly number[]): number[] {
  const state = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x6a09e667].map((start, lane) => {
    let hash = start;
    for (const word of words) {
      let mixed = Math.imul(word + lane, 0xcc9e2d51);
      mixed = Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
      hash ^= mixed;
      hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
    }
    hash ^= words.length;
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) | 0;
  });
  // xoroshiro's only forbidden state is all zeros.
  return state.some((word) => word !== 0) ? state : [1, 0, 0, 0];
}
