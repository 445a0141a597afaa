import { uniforms } from "../random.mjs";

/** Draws for a made-up run, the same ones for the same seed and purpose. */
export function drawsOf(seed, purpose) {
  const next = uniforms(seed, purpose);
  return {
    of: (list) => list[Math.floor(next() * list.length)],
    whole: (from, to) => from + Math.floor(next() * (to - from + 1)),
    between: (from, to) => from + next() * (to - from),
    /** Even in the logarithm. */
    rate: (from, to) => from * (to / from) ** next(),
  };
}
