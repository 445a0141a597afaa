/** Source maps of cells: composing those of several passes, and asking where a position came from. */
import {
  decodedMappings,
  encodedMappings,
  GREATEST_LOWER_BOUND,
  LEAST_UPPER_BOUND,
  originalPositionFor,
  type SourceMapInput,
  TraceMap,
  traceSegment,
} from "@jridgewell/trace-mapping";

export interface CellPosition {
  /** 1-based. */
  readonly line: number;
  /** 1-based, UTF-16. */
  readonly column: number;
}

/**
 * One map for a chain of passes.
 * @param passes The maps in the order the passes ran: the first one leads to the cell itself.
 * @returns Source map version 3, JSON.
 */
export function composeMaps(
  passes: readonly SourceMapInput[],
  names: { file: string; source: string },
): string {
  const maps = passes.map((pass) => new TraceMap(pass));
  const last = maps.pop();
  if (!last) throw new RangeError("composing source maps requires at least one map");
  const mappings = decodedMappings(last).map((line) =>
    line.flatMap((segment): [number, number, number, number][] => {
      if (segment.length === 1) return [];
      const origin = traceBack(maps, segment[2], segment[3]);
      return origin ? [[segment[0], 0, origin.line, origin.column]] : [];
    }),
  );
  const composed = new TraceMap({ version: 3, sources: [names.file], names: [], mappings });
  return JSON.stringify({
    version: 3,
    file: names.file,
    sources: [names.file],
    sourcesContent: [names.source],
    names: [],
    mappings: encodedMappings(composed),
  });
}

/** 0-based position through the earlier maps, last pass first. */
function traceBack(
  maps: readonly TraceMap[],
  line: number,
  column: number,
): { line: number; column: number } | undefined {
  let at = { line, column };
  for (const map of [...maps].reverse()) {
    const segment = traceSegment(map, at.line, at.column);
    if (!segment || segment.length === 1) return undefined;
    at = { line: segment[2], column: segment[3] };
  }
  return at;
}

/** Where generated code came from: the nearest mapping of that generated line when the place itself has none. */
export class CellMap {
  readonly #map: TraceMap;

  constructor(map: SourceMapInput) {
    this.#map = new TraceMap(map);
  }

  /** The place in the cell of a 1-based place in its JavaScript, or undefined when that line has no mapping at all. */
  original(line: number, column: number): CellPosition | undefined {
    for (const bias of [GREATEST_LOWER_BOUND, LEAST_UPPER_BOUND] as const) {
      const found = originalPositionFor(this.#map, { line, column: Math.max(0, column - 1), bias });
      if (found.line !== null) return { line: found.line, column: found.column + 1 };
    }
    return undefined;
  }
}
