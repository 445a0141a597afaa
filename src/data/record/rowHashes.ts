/**
 * A 64-bit hash of each row: equal rows have equal ones, and different rows hardly ever.
 *
 * Four lanes of 32 bits, which begin as the primes P1 … P4 of xxHash, take a row's 32-bit words in turn:
 * lane ← (lane ⊕ word) · Pᵢ, lane ← lane ⊕ (lane ≫ 15). Words that are left over at the end go into the first lane and, the
 * same way, into the last. Each half of the hash mixes all lanes with MurmurHash3's finaliser:
 * low = mix(a + 5·b + 9·c + 17·d), high = mix(a ⊕ rotl(b, 8) ⊕ rotl(c, 16) ⊕ rotl(d, 24)).
 * Of several inputs the lanes go on from one to the next.
 */

const p1 = 0x9e3779b1 | 0;
const p2 = 0x85ebca77 | 0;
const p3 = 0xc2b2ae3d | 0;
const p4 = 0x27d4eb2f | 0;

/** Words of a row that are looked at together where a row is too long for all of it. */
const blockWords = 16;

/** Rows between two looks at the clock. */
const rowsATime = 4096;

/** The rows of one input as 32-bit words. */
export interface RowWords {
  readonly words: Int32Array;
  /** In a row. */
  readonly width: number;
}

export interface RowHashOptions {
  /** Of a row, of all its inputs; of a longer one blocks of 16 words are taken, evenly spread. Default: all. */
  readonly mostWords?: number;
  /** Called every 4,096 rows: what it throws ends the work. */
  readonly check?: () => void;
}

/** @returns two entries a row: the low half, then the high half */
export function rowHashes(
  inputs: readonly RowWords[],
  rows: number,
  { mostWords = Number.POSITIVE_INFINITY, check = () => {} }: RowHashOptions = {},
): Uint32Array {
  const total = inputs.reduce((sum, { width }) => sum + width, 0);
  const share = Math.min(1, mostWords / total);
  const primes = [p1, p2, p3, p4] as const;
  const lanes = new Int32Array(4 * rows).map((_, i) => primes[i & 3]!);
  for (const { words, width } of inputs) {
    const of = { width, ...blocks(width, share) };
    for (let from = 0; from < rows; from += rowsATime) {
      check();
      hashInto(lanes, words, { ...of, from, to: Math.min(rows, from + rowsATime) });
    }
  }
  return finished(lanes, rows);
}

interface Blocks {
  /** Where in a row each begins. */
  readonly starts: readonly number[];
  /** Words of each. */
  readonly length: number;
}

function blocks(width: number, share: number): Blocks {
  const count = Math.max(1, Math.floor((width * share) / blockWords));
  if (share === 1 || width <= count * blockWords) return { starts: [0], length: width };
  const starts = Array.from({ length: count }, (_, i) =>
    count === 1 ? 0 : Math.floor((i * (width - blockWords)) / (count - 1)),
  );
  return { starts, length: blockWords };
}

interface Stretch extends Blocks {
  readonly width: number;
  /** Rows, the last one not among them. */
  readonly from: number;
  readonly to: number;
}

function hashInto(lanes: Int32Array, words: Int32Array, { width, starts, length, from, to }: Stretch): void {
  const whole = length & ~3;
  for (let row = from; row < to; row++) {
    const lane = 4 * row;
    let a = lanes[lane]!;
    let b = lanes[lane + 1]!;
    let c = lanes[lane + 2]!;
    let d = lanes[lane + 3]!;
    for (let block = 0; block < starts.length; block++) {
      let at = row * width + starts[block]!;
      const last = at + length;
      for (const end = at + whole; at < end; at += 4) {
        a = Math.imul(a ^ words[at]!, p1);
        a ^= a >>> 15;
        b = Math.imul(b ^ words[at + 1]!, p2);
        b ^= b >>> 15;
        c = Math.imul(c ^ words[at + 2]!, p3);
        c ^= c >>> 15;
        d = Math.imul(d ^ words[at + 3]!, p4);
        d ^= d >>> 15;
      }
      for (; at < last; at++) {
        a = Math.imul(a ^ words[at]!, p1);
        a ^= a >>> 15;
        d = Math.imul(d ^ words[at]!, p4);
        d ^= d >>> 15;
      }
    }
    lanes[lane] = a;
    lanes[lane + 1] = b;
    lanes[lane + 2] = c;
    lanes[lane + 3] = d;
  }
}

function finished(lanes: Int32Array, rows: number): Uint32Array {
  const hashes = new Uint32Array(2 * rows);
  for (let row = 0; row < rows; row++) {
    const a = lanes[4 * row]!;
    const b = lanes[4 * row + 1]!;
    const c = lanes[4 * row + 2]!;
    const d = lanes[4 * row + 3]!;
    hashes[2 * row] = mix((a + Math.imul(b, 5) + Math.imul(c, 9) + Math.imul(d, 17)) | 0);
    hashes[2 * row + 1] = mix(a ^ rotated(b, 8) ^ rotated(c, 16) ^ rotated(d, 24));
  }
  return hashes;
}

function rotated(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
