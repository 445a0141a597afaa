/** Where an error was thrown: the lines of code around it, as the person wrote them. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { bold } from "../language/bold.js";
import { cellName } from "../language/cellName.js";
import { cellFrame } from "./cellFrame.js";
import type { CellMaps, CellPosition } from "./cellMaps.js";

/**
 * The line at fault, the line of the cell that ran when that is another, then the frames. Of a refused magic only its
 * line: there is no place in code to look at.
 *
 * @param frames a stack's lines in the person's positions.
 */
export function whereabouts(frames: readonly string[], maps: CellMaps, running?: number): readonly string[] {
  const local = localExcerpt(frames[0] ?? "", maps);
  const places = cellPlaces(frames);
  const [first] = places;
  if (!first) return [...local, ...frames];
  if (first.isAsync && isCommand(maps.sourceLine(first.cell, first.line)))
    return commandExcerpt(maps, first.cell, first.line);
  const caller =
    running === undefined || running === first.cell ? undefined : places.find(({ cell }) => cell === running);
  return [...local, ...sourceExcerpt(maps, first), ...(caller ? sourceExcerpt(maps, caller) : []), ...frames];
}

interface CellPlace extends CellPosition {
  readonly isAsync: boolean;
}

/** Of the error's own stack: those of its causes come after other lines. */
function cellPlaces(frames: readonly string[]): CellPlace[] {
  const end = frames.findIndex((line) => !/^\s+(?:at |… )/.test(line));
  const own = end < 0 ? frames : frames.slice(0, end);
  return (own.some((line) => cellFrame.test(line)) ? own : frames).flatMap((frame) => {
    const [, cell, line, column] = (cellFrame.exec(frame) ?? []).map(Number);
    if (!/^\s+at /.test(frame) || cell === undefined || line === undefined || column === undefined) return [];
    return [{ cell, line, column, isAsync: /\bat async /.test(frame) }];
  });
}

const localPlace = /^(.+\.[cm]?[jt]sx?)(\?v=[0-9a-f]+)?:(\d+):(\d+)/;

/** The first address in a frame. A path is looked at from its first slash only: a line may be a megabyte that a cell made. */
function localFrame(frame: string): RegExpExecArray | undefined {
  if (!/^\s+at /.test(frame)) return undefined;
  for (const word of frame.split(/[\s()]+/)) {
    const slash = word.indexOf("/");
    if (slash < 0) continue;
    const isUrl = word.startsWith("///", slash) && word.slice(0, slash).endsWith("file:");
    const found = localPlace.exec(word.slice(isUrl ? slash - "file:".length : slash));
    if (found) return found;
  }
  return undefined;
}

/**
 * Where the error was thrown, when that is in a file of the notebook's own: no package's. The file may have changed since
 * it was loaded.
 */
function localExcerpt(frame: string, maps: CellMaps): string[] {
  const [, place = "", version = "", line, column] = localFrame(frame) ?? [];
  if (place === "" || place.includes("/node_modules/")) return [];
  const file = place.startsWith("file:") ? fileURLToPath(place) : place;
  const now = textOf(file);
  const text = maps.locals.source(place + version) ?? now;
  if (text === undefined) return [];
  const lines = text.split("\n");
  const changed = text === now ? "" : ", as it was imported: the file has changed since";
  const title = `${basename(file)}, line ${line}${changed}`;
  return excerpt(title, (at) => lines[at - 1], { line: Number(line), column: Number(column) });
}

/** Undefined when the file is gone: its frame still says where it was. */
function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
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
    if (at === line)
      lines.push(`  ${" ".repeat(width)} | ${" ".repeat(Math.max(0, column - 1))}${bold("^")}`);
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
