/** JSON values, one a line, over a file descriptor. */
import { readSync, writeSync } from "node:fs";
import { dropFatalName } from "./fatalNames.js";
import { append } from "./primordials.js";

/** As they were before cells could replace them. */
const { allocUnsafe, byteLength, concat, from } = Buffer;

/** Cuts a byte stream into lines. A line may come in any number of pieces. */
export class LineReader {
  private pieces: Buffer[] = [];

  constructor(private readonly line: (text: string) => void) {}

  push(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      append(this.pieces, chunk.subarray(start, end));
      const whole = this.pieces.length === 1 ? (this.pieces[0] as Buffer) : Buffer.concat(this.pieces);
      this.pieces = [];
      start = end + 1;
      this.line(whole.toString("utf8"));
    }
    if (start < chunk.length) append(this.pieces, chunk.subarray(start));
  }
}

const sleeper = new Int32Array(new SharedArrayBuffer(4));

/**
 * Writes all of `text` before it returns, so that output of a loop that never yields arrives.
 * Waits while the reader is behind.
 */
export function writeWhole(descriptor: number, text: string): void {
  const written = attempt(() => writeSync(descriptor, text)) ?? 0;
  if (written === byteLength(text)) return;
  let rest = from(text).subarray(written);
  while (rest.length > 0) {
    const more = attempt(() => writeSync(descriptor, rest));
    if (!more) wait();
    rest = rest.subarray(more ?? 0);
  }
}

/** In bytes. */
const pieceSize = 64 * 1024;

/**
 * Reads all that comes before it returns. Waits while the writer is behind, which Node does not: it makes a process's input
 * one that never waits as soon as anything imports `node:process`.
 */
export function readWhole(descriptor: number): string {
  const pieces: Buffer[] = [];
  for (;;) {
    const piece = allocUnsafe(pieceSize);
    const count = attempt(() => readSync(descriptor, piece));
    if (count === 0) return concat(pieces).toString("utf8");
    if (count === undefined) wait();
    else append(pieces, piece.subarray(0, count));
  }
}

function wait(): void {
  Atomics.wait(sleeper, 0, 0, 1);
}

/** Bytes written or read; undefined when the other side is behind. Node asks an object of its own whether it failed. */
function attempt(work: () => number): number | undefined {
  dropFatalName("error");
  dropFatalName("errno");
  try {
    return work();
  } catch (error) {
    if (error instanceof Error && (error as NodeJS.ErrnoException).code === "EAGAIN") return undefined;
    throw error;
  }
}
