import { heapFull, saysHeapFull } from "./fullHeap.js";

/**
 * How deeply a source may nest. oxc's parser is native and recursive: what nests too deeply for the thread's stack ends
 * the process. Measured with oxc 0.159 on 8 MB: 4,200 `[` in a type, 5,970 `(`, 6,900 `else if`, 30,000 `!`.
 */

/** So few tokens cannot nest too deeply: a level takes one at least. Half of what is survived at the worst. */
const harmlessTokens = 2_000;

/**
 * What the type checker reads within a second or two. It goes on behind an error, where the parser stops, and of open
 * brackets it takes the square of the time.
 */
const mostDraftTokens = 100_000;
const mostDraftBrackets = 10_000;

/** True of a source that no stack is too small for. */
export function isShallow(source: string): boolean {
  return !hasMoreTokens(source, harmlessTokens);
}

/** @throws NestingError for more than completion and inspection can be asked about. */
export function requireDraftSize(source: string): void {
  if (hasMoreTokens(source, mostDraftTokens))
    throw new NestingError(
      `completion and inspection require at most ${grouped(mostDraftTokens)} words and signs, but were given ${size(source)} with more`,
    );
  const depth = source.length > mostDraftBrackets ? bracketDepth(source) : 0;
  if (depth > mostDraftBrackets) throw tooDeep(source);
}

/** Words and numbers count as one; of strings and remarks what stands in them, which is more than they are. */
function hasMoreTokens(source: string, most: number): boolean {
  if (source.length <= most) return false;
  let tokens = 0;
  for (const _ of source.matchAll(/[\w$]+|[^\s\w$]/g)) if (++tokens > most) return true;
  return false;
}

/** A source that cannot be read for how it is built, whatever it says. */
export class NestingError extends SyntaxError {
  override readonly name = "SyntaxError";
}

/** @param source What was given. */
export function tooDeep(source: string): NestingError {
  const depth = bracketDepth(source);
  const given = depth > 500 ? `brackets inside each other ${grouped(depth)} times` : size(source);
  return new NestingError(
    `the code nests too deeply: 600 levels of statements and expressions inside each other are always read, but were given ${given}; give inner parts names of their own`,
  );
}

/** Reading took so long that it was given up. */
export function tooSlow(source: string, seconds: number): NestingError {
  return new NestingError(
    `the code takes too long to be read: ${seconds} s are given, and did not do for ${size(source)}; put it into several cells or a file`,
  );
}

/** There is nobody to read long code at first. */
export function unguarded(source: string, why: string): NestingError {
  return new NestingError(
    `long code is read by a process of its own first, since what nests too deeply ends it, but ${why}: ${size(source)} are refused; use shorter cells, or run it again`,
  );
}

/** What V8 throws when functions of ours call each other too deeply is the source's fault: told as such. */
export function asNestingError(error: unknown, source: string): NestingError | undefined {
  if (error instanceof NestingError) return error;
  return isStackOverflow(error) ? tooDeep(source) : undefined;
}

/** The source's fault. Throws an error that is not. */
export function nestingFault(error: unknown, source: string): NestingError {
  const found = asNestingError(error, source);
  if (found) return found;
  throw error;
}

export function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message === "Maximum call stack size exceeded";
}

/** The end of a process that read a source, which it may have been ended by. */
export interface ReaderEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What it wrote last on stderr. */
  readonly words: string;
}

/** How the system ends a process whose stack is full; Windows has a code for it. So does one end whose heap is full. */
export function isOverflow({ code, signal, words }: ReaderEnd): boolean {
  const signals = ["SIGSEGV", "SIGBUS", "SIGILL", "SIGABRT", "SIGTRAP"];
  return (code === 0xc00000fd || signals.includes(signal ?? "")) && !saysHeapFull(words);
}

/** What such a process ended of when that was no full stack. */
export function otherEnd({ code, signal, words }: ReaderEnd): string {
  if (saysHeapFull(words)) return `it ran ${heapFull}`;
  if (signal === "SIGKILL") return "the system ended it (SIGKILL), as it does when memory runs short";
  const [error] = /^\w*Error\b.*/m.exec(words) ?? [];
  return `it ended (${signal ?? `exit code ${code}`})${error === undefined ? "" : `: ${error}`}`;
}

/** Roughly: brackets in strings count too. */
function bracketDepth(source: string): number {
  let depth = 0;
  let most = 0;
  for (const bracket of source) {
    if ("([{".includes(bracket)) most = Math.max(most, ++depth);
    else if (")]}".includes(bracket)) depth = Math.max(0, depth - 1);
  }
  return most;
}

function size(source: string): string {
  return `${grouped(source.length)} characters`;
}

function grouped(count: number): string {
  return count.toLocaleString("en");
}
