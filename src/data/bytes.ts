/** Samples that are kept as bytes, such as pixels: a quarter of the memory of floats, read in a fraction of the time. */

/** The value that each byte means: 0 to 1. */
const values = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);

/** Each byte's value, 0 to 1. */
export function decode(bytes: Uint8Array, into = new Float32Array(bytes.length)): Float32Array {
  for (let i = 0; i < bytes.length; i++) into[i] = values[bytes[i] as number] as number;
  return into;
}

/** Values of a part: 256 kB, which stay in a processor's cache. */
const partLength = 65_536;

/** All values in parts. Each part is good until the next is asked for. */
export function* decodedParts(bytes: Uint8Array): Generator<Float32Array, void, undefined> {
  const part = new Float32Array(Math.min(partLength, bytes.length));
  for (let start = 0; start < bytes.length; start += partLength) {
    const some = bytes.subarray(start, start + partLength);
    yield decode(some, part).subarray(0, some.length);
  }
}
