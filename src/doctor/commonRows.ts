/** Rows that splits have in common, and how many they would have by chance. */
import type { SplitName } from "../base/dataRecord.js";
import { sum } from "../base/sum.js";
import type { StoredHashes } from "../track/index.js";
import { areCopied } from "./multiplicities.js";

export interface CommonRows {
  readonly split: SplitName;
  readonly rows: number;
  /** Rows that are training rows too. */
  readonly common: number;
  /** Share of rows that chance would make common, 0 to 1. */
  readonly chance: number;
  /** The same where but a few rows, such as blank ones, may be equal by chance. */
  readonly chanceOfFew: number;
  /** Rows occur as often as they do because they were copied. */
  readonly areCopied: boolean;
  /** The first of them, each with a training row that is equal. */
  readonly first: readonly { readonly row: number; readonly train: number }[];
}

const named = 5;
/** Rows that may be equal by chance among wide ones: blank, full, cut off. */
const few = 3;
/** How many times as frequent they are at least as the next. */
const outstanding = 2;
/** Rows between two looks at the clock. */
const rowsATime = 8192;

/** A run that goes on is diagnosed again and again; its hashes stay what they are. */
const known = new WeakMap<StoredHashes, readonly CommonRows[]>();

/**
 * Of validation and test, where there are such splits.
 *
 * @param check called every 8,192 rows: what it throws ends the work, of which nothing is kept
 */
export function commonRows(stored: StoredHashes, check: () => void = () => {}): readonly CommonRows[] {
  const before = known.get(stored);
  if (before) return before;
  const { train, validation, test } = stored.hashes;
  const places = rowsByHash(train ?? new Uint32Array(), check);
  const others = [
    ["validation", validation],
    ["test", test],
  ] as const;
  const found = others.flatMap(([split, hashes]) =>
    train && hashes ? [common({ split, hashes, check }, places)] : [],
  );
  known.set(stored, found);
  return found;
}

interface Rows {
  readonly count: number;
  /** The first row of each hash. */
  readonly places: ReadonlyMap<number, number>;
  /** How often there is each hash that occurs more than once. */
  readonly repeated: ReadonlyMap<number, number>;
}

/** Of 64 bits 53: as many as a number holds. */
function keyOf(hashes: Uint32Array, row: number): number {
  return hashes[2 * row]! + (hashes[2 * row + 1]! & 0x1fffff) * 2 ** 32;
}

function rowsByHash(hashes: Uint32Array, check: () => void): Rows {
  const places = new Map<number, number>();
  const repeated = new Map<number, number>();
  const count = hashes.length / 2;
  for (let row = 0; row < count; row++) {
    if (row % rowsATime === 0) check();
    const key = keyOf(hashes, row);
    if (places.has(key)) repeated.set(key, (repeated.get(key) ?? 1) + 1);
    else places.set(key, row);
  }
  return { count, places, repeated };
}

interface Other {
  readonly split: SplitName;
  readonly hashes: Uint32Array;
  readonly check: () => void;
}

function common({ split, hashes, check }: Other, train: Rows): CommonRows {
  const rows = hashes.length / 2;
  const first: { row: number; train: number }[] = [];
  let found = 0;
  for (let row = 0; row < rows; row++) {
    if (row % rowsATime === 0) check();
    const place = train.places.get(keyOf(hashes, row));
    if (place === undefined) continue;
    if (found++ < named) first.push({ row, train: place });
  }
  const other = rowsByHash(hashes, check);
  return {
    split,
    rows,
    common: found,
    chance: chanceOf(train, other),
    chanceOfFew: outstandingIn(train) / train.count,
    areCopied: areCopied(occurrencesIn(train, other)),
    first,
  };
}

/** How often there are those few rows that are far more frequent than all others. */
function outstandingIn({ repeated }: Rows): number {
  const times = [...repeated.values()].sort((a, b) => b - a);
  const next = times[few] ?? 1;
  return sum(times.slice(0, few).filter((count) => count > outstanding * next));
}

/** Of each distinct row, in both together. */
function* occurrencesIn(train: Rows, other: Rows): Iterable<number> {
  for (const key of train.places.keys()) yield timesOf(train, key) + timesOf(other, key);
  for (const key of other.places.keys()) if (!train.places.has(key)) yield timesOf(other, key);
}

function timesOf({ places, repeated }: Rows, key: number): number {
  return repeated.get(key) ?? (places.has(key) ? 1 : 0);
}

/**
 * Leave one out: how often a training row meets another. A split of discrete rows has twins of its own, at least in proportion to
 * its size; their number may by chance be lower, so an upper bound of it counts.
 */
function chanceOf(train: Rows, other: Rows): number {
  const own = twinsIn(train) / train.count;
  const twins = twinsIn(other);
  const most = (twins + 3 + 2 * Math.sqrt(twins)) / other.count;
  return Math.min(own, most * Math.max(1, train.count / Math.max(1, other.count - 1)));
}

/** Rows that have a twin. */
function twinsIn({ repeated }: Rows): number {
  return sum([...repeated.values()]);
}
