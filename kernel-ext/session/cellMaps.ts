/** Turns positions in the JavaScript of cells into positions in what the person wrote. */
import { CellMap } from "../language/cellMap.js";
import { cellName } from "../language/cellName.js";
import { writtenNames } from "../language/ownGlobals.js";
import { OwnMap } from "./intrinsics.js";
import { LocalMaps, withoutVersions } from "./localMaps.js";

interface CellText {
  readonly source: string;
  readonly map: string | undefined;
  trace?: CellMap;
}

/** 1-based line, 1-based column. */
export interface CellPosition {
  readonly cell: number;
  readonly line: number;
  readonly column: number;
}

/** Not where the library says in its own words where the person's line is (`, at cell-2.ts:3:1`): that is mapped by then. */
const framePattern = /(?<!, at |['"`])(?:file:\/\/\/?)?\b(cell-(-?\d+)\.tsx?):(\d+):(\d+)/g;

/** The compiler calls the object of `namespace N` `_N`. The last place of the line in a cell is the frame's. */
const namespaceFrame = /(\bat (?:async )?(?:new )?)_([\w$]+)\./;
const cellPlace = /\bcell-(-?\d+)\.tsx?:/g;
const uncountedFrame = /\bcell-(0|-\d+)\.tsx?(:\d+:\d+)/g;

/** Keeps the maps of the cells that ran. Positions of a cell unknown to it stay as they are. */
export class CellMaps {
  /** Of the notebook's own files. */
  readonly locals = new LocalMaps();
  private readonly cells = new OwnMap<number, CellText>();

  add(cell: number, source: string, map: string | undefined): void {
    this.cells.set(cell, { source, map });
  }

  /** The source line, without its newline. */
  sourceLine(cell: number, line: number): string | undefined {
    return this.cells.get(cell)?.source.split("\n")[line - 1];
  }

  /** `line` and `column` are 1-based positions in the generated code. */
  original(cell: number, line: number, column: number): CellPosition {
    const text = this.cells.get(cell);
    if (!text?.map) return { cell, line, column };
    text.trace ??= new CellMap(text.map);
    return { cell, ...(text.trace.original(line, column) ?? { line, column }) };
  }

  /** Rewrites every position of a stack that lies in a cell or in a local TypeScript file. */
  mapText(text: string): string {
    return this.locals
      .mapText(text)
      .replace(framePattern, (_whole, file: string, cell: string, line: string, column: string) => {
        const place = this.original(Number(cell), Number(line), Number(column));
        return `${file}:${place.line}:${place.column}`;
      });
  }

  /** Gives a mapped text the names as the person wrote them: of files, of functions in a namespace, of cells without number. */
  asWritten(text: string): string {
    const known = writtenNames(withoutVersions(text));
    if (!known.includes("cell-")) return known;
    return known
      .split("\n")
      .map((line) => this.withNamespace(line))
      .join("\n")
      .replace(uncountedFrame, (_whole, cell: string, place: string) => `${cellName(Number(cell))}${place}`);
  }

  /** A line is looked through once for each pattern: it may be a megabyte that a cell prints. */
  private withNamespace(line: string): string {
    const found = namespaceFrame.exec(line);
    if (!found) return line;
    const { 0: whole, 1: start = "", 2: name = "", index } = found;
    const rest = line.slice(index + whole.length);
    let cell: number | undefined;
    for (const [, number] of rest.matchAll(cellPlace)) cell = Number(number);
    if (cell === undefined || this.has(cell, `_${name}`)) return line;
    return `${line.slice(0, index)}${start}${name}.${rest}`;
  }

  private has(cell: number, name: string): boolean {
    return new RegExp(`(?<![\\w$])${name.replaceAll("$", "\\$")}(?![\\w$])`).test(
      this.cells.get(cell)?.source ?? "",
    );
  }
}
