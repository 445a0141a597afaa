/**
 * The losses of a run's training samples at some epochs, in `rowLosses.bin`: who looks for labels that are wrong reads them.
 *
 * Little endian. First 20 bytes: `TLRL`, then four unsigned integers of 32 bits: the version, 2; how many samples are kept, n;
 * the distance from one to the next, d (sample i of the file is the training split's i · d); the CRC-32C of these 16 bytes. Then n
 * bytes of labels, 255 where there is none or it is above 254, and the CRC-32C of all before in 32 bits. Then for each epoch, in
 * the order of writing, its number in 32 bits, n bytes of losses and n bytes of answers, one a sample, and the CRC-32C of these
 * 4 + 2n bytes in 32 bits. A
 * loss's byte b < 254 stands for the loss 2^(b/16 − 10), to within 2.2 %: 0 for all up to 2^-10, 254 for 2^5.875 = 59 and more;
 * 255 for a sample that was not trained in that epoch, or whose loss was not finite. An answer's byte is the class that the sample
 * was given, 255 where there is none or it is above 254. Of an epoch that stands there twice, as a resumed run may have it, the
 * last counts. What is behind the last whole epoch is what an end of the process in the middle of writing left.
 */
import {
  appendFileSync,
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
} from "node:fs";
import { join } from "node:path";
import { crc32c } from "./crc32c.js";

const fileName = "rowLosses.bin";
const magic = "TLRL";
const headerBytes = 20;
const crcBytes = 4;
const version = 2;
/** Samples that are kept at most. */
const mostRows = 100_000;
const steps = 16;
const lowest = -10;
const unknown = 255;

export interface RowLossTable {
  /** From one sample of the lists to the next one's place in the training split. */
  readonly distance: number;
  /** One for each sample; NaN where there is none. */
  readonly labels: Float32Array;
  /** In ascending order, each once. */
  readonly epochs: readonly RowEpoch[];
}

/** One entry a sample in each list; NaN where there is none. */
export interface RowEpoch extends EpochRows {
  /** From 1. */
  readonly epoch: number;
}

interface EpochRows {
  readonly losses: Float32Array;
  /** The classes that the samples were given. */
  readonly answers: Float32Array;
}

interface Place {
  readonly dir: string;
  problem(sentence: string): void;
}

/** What is written: of each training sample its label, if it has one. */
type Labels = ArrayLike<number> | undefined;

/**
 * Appends an epoch's losses to the file in a run's folder. What an end of the process in the middle of writing left is cut
 * off first. Where the file is of other samples, as a trial's that trains on several data sets may be, nothing is added, and
 * nothing of it is lost. An error of the disk is told once; the next epoch is tried again.
 */
export function rowLossFile(run: Place, labels?: Labels): (epoch: number, rows: EpochRows) => void {
  const file = join(run.dir, fileName);
  let isOfOthers = false;
  let isOpen = false;
  let isTold = false;
  return (epoch, given) => {
    if (isOfOthers) return;
    const distance = Math.max(1, Math.ceil(given.losses.length / mostRows));
    const rows = Math.ceil(given.losses.length / distance);
    try {
      if (!isOpen) isOfOthers = !prepared(file, headFor(labels, { rows, distance }), rows);
      isOpen = true;
      if (!isOfOthers) appendFileSync(file, recordOf(epoch, given, { rows, distance }));
    } catch (error) {
      // What was written of the record is cut off before the next.
      isOpen = false;
      if (!isTold)
        run.problem(`the samples' losses are missing for an epoch or more: ${(error as Error).message}`);
      isTold = true;
    }
  };
}

/**
 * Undefined where a run has none.
 *
 * @throws SyntaxError that names the file if it was changed or is something else, Error if another version wrote it; what the
 * file system says
 */
export function readRowLosses(dir: string): RowLossTable | undefined {
  const file = join(dir, fileName);
  if (!existsSync(file)) return undefined;
  const bytes = readFileSync(file);
  const header = headerOf(bytes, file);
  if (!header) return undefined;
  const { rows, distance } = header;
  const first = headBytes(rows);
  if (bytes.length < first) return undefined;
  expectWhole(bytes, { from: 0, to: first, what: "its labels", file });
  const labels = decoded(bytes.subarray(headerBytes, headerBytes + rows), classes);
  const length = recordBytes(rows);
  const epochs = new Map<number, RowEpoch>();
  for (let at = first; at + length <= bytes.length; at += length) {
    const epoch = bytes.readUInt32LE(at);
    expectWhole(bytes, { from: at, to: at + length, what: `epoch ${epoch}`, file });
    const ofLosses = at + 4;
    const ofAnswers = ofLosses + rows;
    epochs.set(epoch, {
      epoch,
      losses: decoded(bytes.subarray(ofLosses, ofAnswers), losses),
      answers: decoded(bytes.subarray(ofAnswers, ofAnswers + rows), classes),
    });
  }
  return { distance, labels, epochs: [...epochs.values()].sort((a, b) => a.epoch - b.epoch) };
}

/** @returns a byte */
export function byteOf(loss: number): number {
  if (!Number.isFinite(loss)) return unknown;
  const level = Math.round(steps * (Math.log2(Math.max(loss, 2 ** lowest)) - lowest));
  return Math.min(level, unknown - 1);
}

/** What each byte stands for. */
const losses = Float32Array.from({ length: 256 }, (_, byte) =>
  byte === unknown ? Number.NaN : 2 ** (byte / steps + lowest),
);
const classes = Float32Array.from({ length: 256 }, (_, byte) => (byte === unknown ? Number.NaN : byte));

/** A plain loop: of a large run these are millions. */
function decoded(bytes: Uint8Array, meanings: Float32Array): Float32Array {
  const values = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) values[i] = meanings[bytes[i] as number] as number;
  return values;
}

interface Kept {
  readonly rows: number;
  readonly distance: number;
}

function headBytes(rows: number): number {
  return headerBytes + rows + crcBytes;
}

function recordBytes(rows: number): number {
  return 4 + 2 * rows + crcBytes;
}

/** Undefined where the process ended before it stood there. */
function headerOf(bytes: Buffer, file: string): Kept | undefined {
  const start = bytes.toString("latin1", 0, magic.length);
  if (!magic.startsWith(start))
    throw new SyntaxError(`read ${file}: it must hold losses of samples, but does not begin with ${magic}`);
  if (bytes.length < headerBytes) return undefined;
  const found = bytes.readUInt32LE(4);
  if (found !== version)
    throw new Error(`read ${file}: it must be of version ${version}; got version ${found}`);
  expectWhole(bytes, { from: 0, to: headerBytes, what: "its header", file });
  return { rows: bytes.readUInt32LE(8), distance: bytes.readUInt32LE(12) };
}

interface Part {
  readonly from: number;
  /** Where its checksum ends. */
  readonly to: number;
  readonly what: string;
  readonly file: string;
}

function expectWhole(bytes: Buffer, { from, to, what, file }: Part): void {
  const end = to - crcBytes;
  if (crc32c(bytes, from, end) !== bytes.readUInt32LE(end))
    throw new SyntaxError(
      `read ${file}: it must hold losses of samples, but the checksum of ${what} is another: it was changed`,
    );
}

/** With the checksum of what is before it in its last bytes. */
function sealed(bytes: Buffer): Buffer {
  const end = bytes.length - crcBytes;
  bytes.writeUInt32LE(crc32c(bytes, 0, end), end);
  return bytes;
}

/** Whether records can be added now: not where the file begins in another way than with this head. */
function prepared(file: string, head: Buffer, rows: number): boolean {
  const open = openSync(file, "a+");
  try {
    const { size } = fstatSync(open);
    const start = Buffer.alloc(Math.min(size, head.length));
    const read = readSync(open, start, 0, start.length, 0);
    if (read < start.length || !start.equals(head.subarray(0, read))) return false;
    if (size < head.length) {
      ftruncateSync(open, 0);
      appendFileSync(open, head);
    } else ftruncateSync(open, size - ((size - head.length) % recordBytes(rows)));
    return true;
  } finally {
    closeSync(open);
  }
}

function headFor(labels: Labels, { rows, distance }: Kept): Buffer {
  const bytes = Buffer.alloc(headBytes(rows), unknown);
  bytes.write(magic, "latin1");
  for (const [i, value] of [version, rows, distance].entries()) bytes.writeUInt32LE(value, 4 + 4 * i);
  sealed(bytes.subarray(0, headerBytes));
  for (let i = 0; i < rows; i++) {
    const label = labels?.[i * distance];
    if (label !== undefined && label < unknown) bytes[headerBytes + i] = label;
  }
  return sealed(bytes);
}

function recordOf(epoch: number, { losses, answers }: EpochRows, { rows, distance }: Kept): Buffer {
  const bytes = Buffer.alloc(recordBytes(rows), unknown);
  bytes.writeUInt32LE(epoch);
  for (let i = 0; i < rows; i++) {
    bytes[4 + i] = byteOf(losses[i * distance] as number);
    const answer = answers[i * distance] as number;
    if (answer < unknown) bytes[4 + rows + i] = answer;
  }
  return sealed(bytes);
}
