/** TypeScript on a magic's line stands elsewhere in what is checked and compiled: this finds it where it was written. */
import { decodedMappings, encodedMappings, TraceMap } from "@jridgewell/trace-mapping";

/** A stretch of one line, unchanged but for its place. Lines are 1-based, columns 0-based, in UTF-16 units. */
export interface MovedCode {
  /** Line in what is compiled. */
  readonly line: number;
  /** Columns in what is compiled; `end` is behind the last. Of a magic without TypeScript both are 0. */
  readonly start: number;
  readonly end: number;
  /** Where `start` was written. */
  readonly writtenLine: number;
  readonly writtenColumn: number;
  /**
   * Set where the compiled text only holds a parameter's type against what a function takes: the parameter's name, and
   * how many columns say what it is given.
   */
  readonly check?: { readonly name: string; readonly width: number };
}

/** 0-based column. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/** Text around code means the nearest end of the code; a line without moved code is where it was. */
export function writtenPlace(moved: readonly MovedCode[], { line, column }: Place): Place {
  const onLine = moved.filter((code) => code.line === line);
  const before = onLine.findLast((code) => code.start <= column) ?? onLine[0];
  if (!before) return { line, column };
  const within = Math.min(Math.max(column, before.start), before.end) - before.start;
  return { line: before.writtenLine, column: before.writtenColumn + within };
}

/** What the checker or the compiler found, at 1-based columns, put where the person wrote it. */
export function writtenRange<
  T extends { line: number; column: number; endLine?: number; endColumn?: number },
>(moved: readonly MovedCode[], found: T): T {
  if (moved.length === 0) return found;
  const begin = writtenPlace(moved, { line: found.line, column: found.column - 1 });
  const start = { ...found, line: begin.line, column: begin.column + 1 };
  if (found.endLine === undefined || found.endColumn === undefined) return start;
  const end = writtenPlace(moved, { line: found.endLine, column: found.endColumn - 1 });
  return { ...start, endLine: end.line, endColumn: end.column + 1 };
}

/** "Type … is not assignable to type …": all that the check of a parameter is for. */
const NOT_ASSIGNABLE = 2322;

/** What the checker found, where it was written; of a parameter's check only that its type is wrong. */
export function writtenDiagnostics<
  T extends {
    line: number;
    column: number;
    endLine: number;
    endColumn: number;
    code: number;
    message: string;
  },
>(moved: readonly MovedCode[], diagnostics: readonly T[]): T[] {
  return diagnostics.flatMap((found) => {
    const { line, column, code, message } = found;
    const checked = moved.find(
      (one) => one.check && one.line === line && one.start < column && column <= one.end,
    );
    if (!checked?.check) return [writtenRange(moved, found)];
    if (code !== NOT_ASSIGNABLE) return [];
    const { name, width } = checked.check;
    const [writtenLine, start] = [checked.writtenLine, checked.writtenColumn + 1];
    const place = { line: writtenLine, column: start, endLine: writtenLine, endColumn: start + width };
    return [{ ...found, ...place, message: `parameter ${name}: ${message}` }];
  });
}

/** A source map to what was compiled becomes one to what was written. Source map version 3, JSON. */
export function writtenMap(moved: readonly MovedCode[], map: string): string {
  if (moved.length === 0 || map === "") return map;
  const lines = decodedMappings(new TraceMap(map)).map((segments) =>
    segments.map((segment): [number] | [number, number, number, number] => {
      if (segment.length === 1) return [segment[0]];
      const { line, column } = writtenPlace(moved, { line: segment[2] + 1, column: segment[3] });
      return [segment[0], segment[1], line - 1, column];
    }),
  );
  const parsed = JSON.parse(map) as ConstructorParameters<typeof TraceMap>[0] & object;
  const written = new TraceMap({ version: 3, sources: ["cell"], names: [], mappings: lines });
  return JSON.stringify({ ...parsed, names: [], mappings: encodedMappings(written) });
}
