/** What a person reads when a cell throws: the error, the line that threw, and their own frames. */
import { stripVTControlCharacters } from "node:util";
import { bold } from "../language/bold.js";
import type { CellMaps } from "./cellMaps.js";
import type { CellRecord } from "./compiledCell.js";
import { absentHint, awaitHint, missingPackageHint } from "./errorHint.js";
import { whereabouts } from "./errorPlace.js";
import { isForeignFrame } from "./foreignFrames.js";
import { inspectSafely } from "./inspectSafely.js";
import { isInterruption } from "./interruption.js";
import { asCellsLeftThem, withIntrinsics } from "./intrinsics.js";
import { cutText } from "./longText.js";
import { asText, OwnError, tagOf } from "./primordials.js";
import { isA, property } from "./property.js";
import type { ErrorReport } from "./protocol.js";
import { unfinishedHint } from "./unfinishedCells.js";

export interface ReportOptions {
  /** The error is that of a promise which the cell did not wait for: say how to. */
  readonly unawaited?: boolean;
  /** The cell that failed: where the error was thrown in another's function, this one's line is shown too. */
  readonly cell?: number;
  /** Those that ran before: a name may have no value because its cell failed. */
  readonly earlier?: readonly CellRecord[];
  /** The stack, as V8 writes it, of where an interrupt found the cell. */
  readonly interruptedAt?: string;
}

/** Never throws, whatever was thrown: a getter, a Proxy or an `inspect.custom` of the person's may. */
export function errorReport(error: unknown, maps: CellMaps, options: ReportOptions = {}): ErrorReport {
  try {
    return withIntrinsics(() => describe(error, maps, options));
  } catch {
    return { ename: "Thrown", evalue: unshowable, traceback: [`${bold("Thrown")}: ${unshowable}`] };
  }
}

function describe(
  error: unknown,
  maps: CellMaps,
  { unawaited = false, cell, earlier = [], interruptedAt = "" }: ReportOptions,
): ErrorReport {
  const seen = asCellsLeftThem(() => look(error));
  if (!seen.isError) {
    const text = cutText(inspectSafely(error, { depth: 2, maxStringLength: 10_000 }));
    return { ename: "Thrown", evalue: text, traceback: [`${bold("Thrown")}: ${text}`] };
  }
  const ename = seen.name;
  const evalue = maps.asWritten(seen.message);
  // One name for all of them, Jupyter's, whether the kernel ended the cell or a training ended by itself. The error's own
  // stack tells where the interrupt was heard, not where the cell was.
  if (seen.isInterruption) {
    const shown = "KeyboardInterrupt";
    const lines = withoutForeign(maps.mapText(interruptedAt)).split("\n");
    const frames = lines.filter((line) => /^\s+at /.test(line));
    const places = frames.length === 0 ? [] : placesOf(frames, maps, cell);
    const traceback = [`${bold(shown)}: ${evalue}`, ...places.map((line) => maps.asWritten(line))];
    return { ename: shown, evalue, traceback };
  }
  const { head, frames } = partsOf(error, maps);
  const hints = [
    missingPackageHint(seen),
    unfinishedHint(seen, earlier) ?? absentHint(seen),
    unawaited ? awaitHint(frames, maps) : undefined,
  ];
  const traceback = [colored(head, ename), ...placesOf(frames, maps, cell), ...hints];
  return {
    ename,
    evalue,
    traceback: traceback
      .filter((line) => line !== undefined && line !== "")
      .map((line) => maps.asWritten(line as string)),
  };
}

/** What an error says of itself: its getters may be a cell's code. */
function look(error: unknown) {
  return {
    isError: isError(error),
    isInterruption: isInterruption(error),
    name: cutText(asText(property(error, "name") ?? "Error")),
    message: cutText(asText(property(error, "message") ?? "")),
    code: property(error, "code"),
  };
}

/** What is said of an error for which no cell waits, without colours. Never throws. */
export function lateErrorText(error: unknown, maps: CellMaps, options: ReportOptions = {}): string {
  return withIntrinsics(() => lateText(error, maps, options));
}

function lateText(error: unknown, maps: CellMaps, options: ReportOptions): string {
  const { head, frames } = partsOf(error, maps);
  const places = placesOf(frames, maps).map(stripVTControlCharacters);
  const hint = options.unawaited ? [awaitHint(frames, maps)] : [];
  return maps.asWritten([...head, ...places, ...hint].join("\n"));
}

/** Frames and lines of code, which too may be long. */
function placesOf(frames: readonly string[], maps: CellMaps, cell?: number): readonly string[] {
  return whereabouts(frames, maps, cell).map(cutText);
}

/** An error's text, and its stack with what follows that: own properties, causes. */
interface ErrorParts {
  readonly head: readonly string[];
  readonly frames: readonly string[];
}

function partsOf(error: unknown, maps: CellMaps): ErrorParts {
  const lines = ownLines(error, maps);
  const first = lines.findIndex((line) => /^\s+at /.test(line));
  return first < 0
    ? { head: lines, frames: [] }
    : { head: lines.slice(0, first), frames: lines.slice(first) };
}

/** `inspect`'s text (with causes and own properties) in the person's positions, without foreign frames. Never throws. */
export function errorText(error: unknown, maps: CellMaps): string {
  return withIntrinsics(() => maps.asWritten(ownLines(error, maps).join("\n")));
}

function ownLines(error: unknown, maps: CellMaps): string[] {
  return withoutForeign(maps.mapText(cutParts(inspected(error)))).split("\n");
}

/** Cuts what an error says and what follows each by itself, so that a long message leaves its frames to be seen. */
function cutParts(text: string): string {
  const start = text.search(/\n +at /);
  return start < 0 ? cutText(text) : `${cutText(text.slice(0, start))}${cutText(text.slice(start))}`;
}

/** Own properties open with ` {` behind the last frame, a list goes on with `,`: that stays when the frame goes. */
export function withoutForeign(text: string): string {
  const kept: string[] = [];
  for (const line of text.split("\n")) {
    if (!isForeignFrame(line)) kept.push(line);
    else if (kept.length > 0) kept.push(`${kept.pop()}${/(?: \{|,)$/.exec(line)?.[0] ?? ""}`);
  }
  return kept.join("\n");
}

const unshowable = "a value that cannot be shown: showing it throws";

function inspected(error: unknown): string {
  try {
    return inspectSafely(error, { depth: 3, maxArrayLength: 20, maxStringLength: 10_000 });
  } catch {
    return unshowable;
  }
}

function colored(head: readonly string[], name: string): string {
  const text = head.join("\n");
  return text.startsWith(name) ? `${bold(name)}${text.slice(name.length)}` : text;
}

export function isError(value: unknown): value is Error {
  if (isA(value, OwnError)) return true;
  try {
    return tagOf(value) === "[object Error]";
  } catch {
    return false;
  }
}
