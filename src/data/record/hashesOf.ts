/** Hashes of the rows of inputs, of every split in the same way. */
import type { RowHashes, SplitName } from "../../base/dataRecord.js";
import { sizeOfShape } from "../../base/sizeOfShape.js";
import { decode } from "../bytes.js";
import { bytesOf, type Split } from "../split.js";
import { type RowWords, rowHashes } from "./rowHashes.js";

/** Words of 32 bits that are read of all rows together: 64 MiB. */
const mostWords = 16_777_216;

type Values = Float32Array | Int32Array | Uint8Array;

/** The values of one input in each split, in one form. */
interface InputOfSplits {
  readonly width: number;
  readonly values: readonly Values[];
}

/**
 * Of longer rows only a part is looked at, the same of all.
 *
 * @param check called now and then: what it throws ends the work
 */
export function hashesOf(
  splits: ReadonlyMap<SplitName, Split>,
  check: () => void,
): {
  readonly hashes: RowHashes;
  readonly words: { readonly hashed: number; readonly of: number };
} {
  const all = [...splits.values()];
  const inputs = inputsOf(all);
  const rows = all.reduce((sum, { size }) => sum + size, 0);
  const of = inputs.reduce((sum, { width, values }) => sum + wordsIn(values[0], width), 0);
  const hashed = Math.min(of, Math.max(1, Math.floor(mostWords / rows)));
  const hashes: Partial<Record<SplitName, Uint32Array>> = {};
  [...splits].forEach(([name, { size }], s) => {
    check();
    const words = inputs.map(({ values, width }) => wordsOf(values[s]!, width));
    hashes[name] = rowHashes(words, size, { mostWords: hashed, check });
  });
  return { hashes, words: { hashed, of } };
}

function inputsOf(splits: readonly Split[]): InputOfSplits[] {
  const [first] = splits as [Split];
  if (!first.columns) {
    const bytes = splits.map(bytesOf);
    const inOneForm = bytes.every((values) => values !== undefined)
      ? (bytes as Uint8Array[])
      : oneForm(splits.map((split, s) => (bytes[s] ? decode(bytes[s]) : split.x)));
    return [{ width: sizeOfShape(first.inputShape), values: inOneForm }];
  }
  return first.columns.inputs.map(({ shape }, i) => ({
    width: sizeOfShape(shape),
    values: oneForm(splits.map(({ columns }) => columns?.inputs[i]?.values ?? new Float32Array())),
  }));
}

/** Equal numbers have equal bits in one type alone. */
function oneForm(values: readonly (Float32Array | Int32Array)[]): readonly Values[] {
  const isOne = values.every((some) => some.constructor === values[0]?.constructor);
  return isOne ? values : values.map((some) => Float32Array.from(some));
}

function wordsIn(values: Values | undefined, width: number): number {
  return values instanceof Uint8Array ? Math.ceil(width / 4) : width;
}

function wordsOf(values: Values, width: number): RowWords {
  if (!(values instanceof Uint8Array))
    return { words: new Int32Array(values.buffer, values.byteOffset, values.length), width };
  const words = Math.ceil(width / 4);
  if (width % 4 === 0 && values.byteOffset % 4 === 0)
    return { words: new Int32Array(values.buffer, values.byteOffset, values.length / 4), width: words };
  const padded = new Uint8Array((values.length / width) * words * 4);
  for (let from = 0, to = 0; from < values.length; from += width, to += words * 4)
    padded.set(values.subarray(from, from + width), to);
  return { words: new Int32Array(padded.buffer), width: words };
}
