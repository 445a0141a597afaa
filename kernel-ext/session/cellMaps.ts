/** Turns positions in the JavaScript of cells into positions in what the person wrote. */
import {
  GREATEST_LOWER_BOUND,
  LEAST_UPPER_BOUND,
  originalPositionFor,
  TraceMap,
} from "@jridgewell/trace-mapping";

interface CellText {
  readonly source: string;
  readonly map: string | undefined;
  trace?: TraceMap;
}

/** 1-based line, 1-based column. */
export interface CellPosition {
  readonly cell: number;
  readonly line: number;
  readonly column: number;
}

const framePattern = /(?:file:\/\/\/?)?\b(cell-(-?\d+)\.tsx?):(\d+):(\d+)/g;

/** Keeps the maps of the cells that ran. Positions of a cell unknown to it stay as they are. */
export class CellMaps {
  private readonly cells = new Map<number, CellText>();

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
    text.trace ??= new TraceMap(text.map);
    const found = nearest(text.trace, line, column - 1);
    return found ? { cell, line: found.line, column: found.column + 1 } : { cell, line, column };
  }

  /** Rewrites every `cell-N.ts:line:column` of a stack. */
  mapText(text: string): string {
    return text.replace(framePattern, (_whole, file: string, cell: string, line: string, column: string) => {
      const place = this.original(Number(cell), Number(line), Number(column));
      return `${file}:${place.line}:${place.column}`;
    });
  }
}

/** Positions in inserted text have no mapping: then the next mapping to the left counts, else the first to the right. */
function nearest(
  trace: TraceMap,
  line: number,
  column: number,
): { line: number; column: number } | undefined {
  for (const bias of [GREATEST_LOWER_BOUND, LEAST_UPPER_BOUND] as const) {
    const found = originalPositionFor(trace, { line, column: Math.max(0, column), bias });
    if (found.line !== null) return { line: found.line, column: found.column };
  }
  return undefined;
}
