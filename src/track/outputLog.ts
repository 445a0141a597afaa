/** What was printed while a run was open: one file of bounded length, which keeps the beginning and the end. */
import {
  closeSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";

/** In a run's folder. */
export const outputFile = "output.log";

export interface OutputLogOptions {
  /** Bytes of the beginning, and of the end, that are kept. Up to twice the end's lie in the file before it is cut. */
  readonly head?: number;
  readonly tail?: number;
  /** Told in a sentence, once, that nothing is kept any more. */
  readonly onProblem: (sentence: string) => void;
}

/**
 * U+2063, an invisible separator, tells this file's gap from that of another log that a program prints: it is taken out of
 * what is printed.
 */
const gapSign = "\u2063";
const gap = (bytes: number) => `\n${gapSign}… ${bytes} bytes are left out here …\n\n`;
const gapForm = new RegExp(String.raw`\n${gapSign}… (\d+) bytes are left out here …\n\n`);
/** Going back on a terminal, to write over lines or over the present one. */
const esc = "\u001b";
const movement = new RegExp(String.raw`(${esc}\[\d+A${esc}\[0J|\r)`);
const movedUp = new RegExp(String.raw`^${esc}\[(\d+)A`);
/** How far back a line is looked for. */
const window = 16 * 1024;

/**
 * Invariants: the file is made by the first text; what `write` returned from is with the operating system; a text of
 * which a terminal shows nothing any more, as it was written over, is not in the file.
 */
export class OutputLog {
  readonly #file: string;
  readonly #head: number;
  readonly #tail: number;
  readonly #onProblem: (sentence: string) => void;
  #descriptor: number | undefined;
  #size = 0;
  /** Where the end begins, once something is left out between. */
  #tailFrom = 0;
  #leftOut = 0;
  #failed = false;
  /** The last sign was a carriage return: what follows is written over the line, unless it is the line's end. */
  #returned = false;

  /** An earlier log of the run's folder is continued. */
  constructor(dir: string, { head = 256 * 1024, tail = 256 * 1024, onProblem }: OutputLogOptions) {
    this.#file = join(dir, outputFile);
    this.#head = head;
    this.#tail = tail;
    this.#onProblem = onProblem;
  }

  write(text: string): void {
    if (this.#failed || text === "") return;
    try {
      for (const part of text.split(movement)) this.#part(part);
    } catch (error) {
      this.#failed = true;
      this.#onProblem(`output is not kept any more: ${(error as Error).message}`);
    }
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
    this.#failed = true;
  }

  #part(part: string): void {
    if (part === "") return;
    if (part === "\r") {
      this.#returned = true;
      return;
    }
    const [, lines] = movedUp.exec(part) ?? [];
    if (lines !== undefined) {
      this.#back(Number(lines));
      return;
    }
    if (this.#returned && !part.startsWith("\n")) this.#back(0);
    this.#returned = false;
    this.#append(Buffer.from(stripVTControlCharacters(part).replaceAll(gapSign, "")));
  }

  #append(bytes: Buffer): void {
    const descriptor = this.#opened();
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
    this.#size += bytes.length;
    if (this.#size > Math.max(this.#head, this.#tailFrom) + 2 * this.#tail) this.#cut();
  }

  #opened(): number {
    if (this.#descriptor !== undefined) return this.#descriptor;
    const descriptor = openSync(this.#file, "a+");
    this.#descriptor = descriptor;
    this.#size = fstatSync(descriptor).size;
    const before = this.#size > this.#head ? gapForm.exec(readFileSync(this.#file, "utf8")) : null;
    if (before) {
      this.#leftOut = Number(before[1]);
      this.#tailFrom = Buffer.byteLength(before.input.slice(0, before.index + before[0].length));
    }
    return descriptor;
  }

  /** Takes away the present line and so many before it. */
  #back(lines: number): void {
    const descriptor = this.#opened();
    const from = Math.max(this.#tailFrom, this.#size - window);
    const bytes = Buffer.alloc(this.#size - from);
    readSync(descriptor, bytes, 0, bytes.length, from);
    let at = bytes.length;
    for (let n = 0; n <= lines; n++) {
      at = at === 0 ? -1 : bytes.lastIndexOf("\n", at - 1);
      if (at < 0) break;
    }
    // The first line of the file begins at its start; of a longer one the start is out of sight.
    if (at < 0 && from > this.#tailFrom) return;
    this.#size = from + at + 1;
    ftruncateSync(descriptor, this.#size);
  }

  /** Leaves out what lies between the beginning and the end. */
  #cut(): void {
    const bytes = readFileSync(this.#file);
    const headTo =
      this.#tailFrom > 0
        ? this.#tailFrom - Buffer.byteLength(gap(this.#leftOut))
        : lineEnd(bytes, this.#head);
    const tailFrom = lineStart(bytes, bytes.length - this.#tail);
    this.#leftOut += tailFrom - Math.max(headTo, this.#tailFrom);
    const marker = Buffer.from(gap(this.#leftOut));
    const kept = Buffer.concat([bytes.subarray(0, headTo), marker, bytes.subarray(tailFrom)]);
    const temporary = `${this.#file}.${process.pid}.tmp`;
    writeFileSync(temporary, kept);
    renameSync(temporary, this.#file);
    closeSync(this.#opened());
    this.#descriptor = openSync(this.#file, "a+");
    this.#size = kept.length;
    this.#tailFrom = headTo + marker.length;
  }
}

/** Behind the last line end within the first `most` bytes; else as far as whole characters go. */
function lineEnd(bytes: Buffer, most: number): number {
  return bytes.lastIndexOf("\n", most - 1) + 1 || characterAt(bytes, most);
}

/** Behind the first line end from `least` on, if it is near; else the next whole character. */
function lineStart(bytes: Buffer, least: number): number {
  const end = bytes.indexOf("\n", least);
  return end >= 0 && end - least < window ? end + 1 : characterAt(bytes, least);
}

/** UTF-8's bytes of the form 10xxxxxx continue a character. */
function characterAt(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && ((bytes[at] as number) & 0xc0) === 0x80) at++;
  return at;
}
