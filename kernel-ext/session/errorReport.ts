/** What a person reads when a cell throws: the error, the line that threw, and their own frames. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import { cellName } from "../language/cellName.js";
import type { CellMaps, CellPosition } from "./cellMaps.js";
import { awaitHint, missingPackageHint } from "./errorHint.js";
import { isForeignFrame } from "./foreignFrames.js";
import { isA, property } from "./property.js";
import type { ErrorReport } from "./protocol.js";

const cellFrame = /\bcell-(-?\d+)\.tsx?:(\d+):(\d+)/;
const interruptions = new Set(["KeyboardInterrupt", "Interrupted"]);
const red = (text: string) => `\u001b[31m${text}\u001b[39m`;

export interface ReportOptions {
  /** The error is that of a promise which the cell did not wait for: say how to. */
  readonly unawaited?: boolean;
}

/** Never throws, whatever was thrown: a getter, a Proxy or an `inspect.custom` of the person's may. */
export function errorReport(error: unknown, maps: CellMaps, options: ReportOptions = {}): ErrorReport {
  try {
    return describe(error, maps, options);
  } catch {
    return { ename: "Thrown", evalue: unshowable, traceback: [`${red("Thrown")}: ${unshowable}`] };
  }
}

function describe(error: unknown, maps: CellMaps, { unawaited = false }: ReportOptions): ErrorReport {
  if (!isError(error)) {
    const text = inspect(error, { depth: 2, maxStringLength: 10_000 });
    return { ename: "Thrown", evalue: text, traceback: [`${red("Thrown")}: ${text}`] };
  }
  const ename = String(property(error, "name") ?? "Error");
  const evalue = String(property(error, "message") ?? "");
  // Who interrupts knows where: no stack is of help.
  if (interruptions.has(ename)) return { ename, evalue, traceback: [`${red(ename)}: ${evalue}`] };
  const lines = errorText(error, maps).split("\n");
  const firstFrame = lines.findIndex((line) => /^\s+at /.test(line));
  const head = firstFrame < 0 ? lines : lines.slice(0, firstFrame);
  const tail = firstFrame < 0 ? [] : lines.slice(firstFrame);
  const hints = [missingPackageHint(error), unawaited ? awaitHint(tail, maps) : undefined];
  const traceback = [colored(head, ename), ...whereabouts(tail, maps), ...hints];
  return {
    ename,
    evalue,
    traceback: traceback.filter((line) => line !== undefined && line !== "") as string[],
  };
}

/** The line at fault, then the frames. Of a refused magic only its line: there is no place in code to look at. */
function whereabouts(frames: readonly string[], maps: CellMaps): readonly string[] {
  const local = localExcerpt(frames[0] ?? "");
  const frame = frames.find((line) => /^\s+at /.test(line) && cellFrame.test(line)) ?? "";
  const [, cell, line, column] = (cellFrame.exec(frame) ?? []).map(Number);
  if (cell === undefined || line === undefined || column === undefined) return [...local, ...frames];
  if (/\bat async /.test(frame) && isCommand(maps.sourceLine(cell, line)))
    return commandExcerpt(maps, cell, line);
  return [...local, ...sourceExcerpt(maps, { cell, line, column }), ...frames];
}

const localFrame = /^\s+at .*?((?:file:\/\/)?\/[^\s()]+\.[cm]?[jt]sx?):(\d+):(\d+)/;

/** Where the error was thrown, when that is in a file of the notebook's own: no package's. */
function localExcerpt(frame: string): string[] {
  const [, place = "", line, column] = localFrame.exec(frame) ?? [];
  if (place === "" || place.includes("/node_modules/")) return [];
  try {
    const file = place.startsWith("file:") ? fileURLToPath(place) : place;
    const lines = readFileSync(file, "utf8").split("\n");
    const title = `${basename(file)}, line ${line}`;
    return excerpt(title, (at) => lines[at - 1], { line: Number(line), column: Number(column) });
  } catch {
    // The file is gone: its frame still says where it was.
    return [];
  }
}

/** `inspect`'s text (with causes and own properties) in the person's positions, without foreign frames. Never throws. */
export function errorText(error: unknown, maps: CellMaps): string {
  return withoutForeign(maps.mapText(inspected(error)));
}

/** Own properties open with ` {` behind the last frame: that stays when the frame goes. */
export function withoutForeign(text: string): string {
  const kept: string[] = [];
  for (const line of text.split("\n")) {
    if (!isForeignFrame(line)) kept.push(line);
    else if (line.endsWith(" {") && kept.length > 0) kept.push(`${kept.pop()} {`);
  }
  return kept.join("\n");
}

const unshowable = "a value that cannot be shown: showing it throws";

function inspected(error: unknown): string {
  try {
    return inspect(error, { depth: 3, maxArrayLength: 20, maxStringLength: 10_000 });
  } catch {
    return unshowable;
  }
}

/** The line at fault with one line around it, and a mark below the column. */
function sourceExcerpt(maps: CellMaps, { cell, line, column }: CellPosition): string[] {
  return excerpt(`${cellName(cell)}, line ${line}`, (at) => maps.sourceLine(cell, at), { line, column });
}

function excerpt(
  title: string,
  textOf: (line: number) => string | undefined,
  { line, column }: Pick<CellPosition, "line" | "column">,
): string[] {
  if (textOf(line) === undefined) return [];
  const width = String(line + 1).length;
  const lines = [title];
  for (let at = Math.max(1, line - 1); at <= line + 1; at++) {
    const text = textOf(at);
    if (text === undefined) continue;
    lines.push(`${at === line ? ">" : " "} ${String(at).padStart(width)} | ${text}`);
    if (at === line) lines.push(`  ${" ".repeat(width)} | ${" ".repeat(Math.max(0, column - 1))}${red("^")}`);
  }
  return lines;
}

/** True of `%name …` and `!command`. */
function isCommand(text: string | undefined): boolean {
  return /^\s*(?:%[A-Za-z]|![^=])/.test(text ?? "");
}

/** Which of a cell's lines it is; nothing where there is only that one. */
function commandExcerpt(maps: CellMaps, cell: number, line: number): string[] {
  const isOnly = line === 1 && maps.sourceLine(cell, 2) === undefined;
  return isOnly ? [] : [`${cellName(cell)}, line ${line}`, `> ${line} | ${maps.sourceLine(cell, line)}`];
}

function colored(head: readonly string[], name: string): string {
  const text = head.join("\n");
  return text.startsWith(name) ? `${red(name)}${text.slice(name.length)}` : text;
}

export function isError(value: unknown): value is Error {
  if (isA(value, Error)) return true;
  try {
    return Object.prototype.toString.call(value) === "[object Error]";
  } catch {
    return false;
  }
}
