// The bench's own seeded numbers: what it does to data must not hang on the library's generator.

/** Numbers in [0, 1), the same ones for the same seed and purpose. Mulberry32, a public-domain generator of 32 bits. */
export function uniforms(seed, purpose) {
  let state = seed >>> 0;
  for (const sign of purpose) state = Math.imul(state ^ sign.codePointAt(0), 0x01000193) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Numbers of a normal distribution around 0 with deviation 1 (Box and Muller 1958). */
export function normals(seed, purpose) {
  const next = uniforms(seed, purpose);
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

/** The numbers 0 … n − 1 in random order (Fisher and Yates). */
export function shuffled(n, next) {
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const other = Math.floor(next() * (i + 1));
    [order[i], order[other]] = [order[other], order[i]];
  }
  return order;
}
