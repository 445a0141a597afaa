/**
 * The losses of a run's training samples at some epochs, in `rowLosses.bin`: who looks for labels that are wrong reads them.
 *
 * Little endian. First 16 bytes: `TLRL`, then three unsigned integers of 32 bits: the version, 1; how many samples are kept,
 * n; the distance from one to the next, d (sample i of the file is the training split's i · d). Then n bytes of labels, 255 where
 * there is none or it is above 254. Then for each epoch, in the
 * order of writing, its number in 32 bits, n bytes of losses and n bytes of answers, one a sample. A loss's byte b < 254 stands for the loss
 * 2^(b/16 − 10), to within 2.2 %: 0 for all up to 2^-10, 254 for 2^5.875 = 59 and more; 255 for a sample that was not trained in
 * that epoch, or whose loss was not finite. An answer's byte is the class that the sample was given, 255 where there is none or it
 * is above 254. Of an epoch that stands there twice, as a resumed run may have it, the last counts.
 */
import {
  appendFileSync,
  closeSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
} from "node:fs";
import { join } from "node:path";

const fileName = "rowLosses.bin";
const headerBytes = 16;
const version = 1;
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
 * off first. Where the file is of another number of samples, as a trial's that trains on several data sets may be, nothing is
 * added. An error of the disk is told once.
 */
export function rowLossFile(run: Place, labels?: Labels): (epoch: number, rows: EpochRows) => void {
  const file = join(run.dir, fileName);
  let isUsable = true;
  let isOpen = false;
  return (epoch, given) => {
    if (!isUsable) return;
    const distance = Math.max(1, Math.ceil(given.losses.length / mostRows));
    const rows = Math.ceil(given.losses.length / distance);
    try {
      if (!isOpen) isUsable = prepared(file, { rows, distance, labels });
      isOpen = true;
      if (isUsable) appendFileSync(file, recordOf(epoch, given, { rows, distance }));
    } catch (error) {
      isUsable = false;
      run.problem(`the samples' losses are not recorded: ${(error as Error).message}`);
    }
  };
}

/** Undefined where a run has none, or they cannot be read. */
export function readRowLosses(dir: string): RowLossTable | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(dir, fileName));
  } catch {
    // As of a run without: whoever asks says what is missing.
    return undefined;
  }
  const header = headerOf(bytes);
  if (!header || bytes.length < headerBytes + header.rows) return undefined;
  const { rows, distance } = header;
  const length = recordBytes(rows);
  const labels = Float32Array.from(bytes.subarray(headerBytes, headerBytes + rows), answerOf);
  const epochs = new Map<number, RowEpoch>();
  for (let at = headerBytes + rows; at + length <= bytes.length; at += length) {
    const epoch = bytes.readUInt32LE(at);
    const losses = Float32Array.from(bytes.subarray(at + 4, at + 4 + rows), lossOf);
    const answers = Float32Array.from(bytes.subarray(at + 4 + rows, at + length), answerOf);
    epochs.set(epoch, { epoch, losses, answers });
  }
  return { distance, labels, epochs: [...epochs.values()].sort((a, b) => a.epoch - b.epoch) };
}

/** @returns a byte */
export function byteOf(loss: number): number {
  if (!Number.isFinite(loss)) return unknown;
  const level = Math.round(steps * (Math.log2(Math.max(loss, 2 ** lowest)) - lowest));
  return Math.min(level, unknown - 1);
}

function lossOf(byte: number): number {
  return byte === unknown ? Number.NaN : 2 ** (byte / steps + lowest);
}

function answerOf(byte: number): number {
  return byte === unknown ? Number.NaN : byte;
}

function recordBytes(rows: number): number {
  return 4 + 2 * rows;
}

function headerOf(bytes: Buffer): Kept | undefined {
  if (bytes.length < headerBytes || bytes.toString("latin1", 0, 4) !== "TLRL") return undefined;
  if (bytes.readUInt32LE(4) !== version) return undefined;
  return { rows: bytes.readUInt32LE(8), distance: bytes.readUInt32LE(12) };
}

interface Kept {
  readonly rows: number;
  readonly distance: number;
}

/** Whether records of so many rows can be added now. */
function prepared(file: string, { rows, distance, labels }: Kept & { labels: Labels }): boolean {
  const open = openSync(file, "a+");
  try {
    const { size } = fstatSync(open);
    if (size < headerBytes + rows) {
      ftruncateSync(open, 0);
      appendFileSync(
        open,
        Buffer.concat([headerFor({ rows, distance }), labelBytes(labels, { rows, distance })]),
      );
      return true;
    }
    const bytes = Buffer.alloc(headerBytes);
    readSync(open, bytes, 0, headerBytes, 0);
    const header = headerOf(bytes);
    if (header?.rows !== rows || header.distance !== distance) return false;
    ftruncateSync(open, size - ((size - headerBytes - rows) % recordBytes(rows)));
    return true;
  } finally {
    closeSync(open);
  }
}

function labelBytes(labels: Labels, { rows, distance }: Kept): Buffer {
  const bytes = Buffer.alloc(rows, unknown);
  for (let i = 0; i < rows; i++) {
    const label = labels?.[i * distance];
    if (label !== undefined && label < unknown) bytes[i] = label;
  }
  return bytes;
}

function headerFor({ rows, distance }: Kept): Buffer {
  const bytes = Buffer.alloc(headerBytes);
  bytes.write("TLRL", "latin1");
  for (const [i, value] of [version, rows, distance].entries()) bytes.writeUInt32LE(value, 4 + 4 * i);
  return bytes;
}

function recordOf(epoch: number, { losses, answers }: EpochRows, { rows, distance }: Kept): Buffer {
  const bytes = Buffer.alloc(recordBytes(rows), unknown);
  bytes.writeUInt32LE(epoch);
  for (let i = 0; i < rows; i++) {
    bytes[4 + i] = byteOf(losses[i * distance] as number);
    const answer = answers[i * distance] as number;
    if (answer < unknown) bytes[4 + rows + i] = answer;
  }
  return bytes;
}
