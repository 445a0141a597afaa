/** What a `history_request` asks for, made complete. */
import type { HistoryQuery } from "../../session/protocol.js";

/** IPython's default for `tail`. */
const defaultTail = 10;

/**
 * From a request's content. Throws a TypeError, or for an unknown access type a RangeError, that names the field.
 */
export function historyQuery(content: Readonly<Record<string, unknown>>): HistoryQuery {
  const { hist_access_type: access } = content;
  switch (access) {
    case "tail":
      return { access, count: integer(content, "n") ?? defaultTail };
    case "range": {
      const stop = integer(content, "stop");
      return {
        access,
        session: integer(content, "session") ?? 0,
        start: integer(content, "start") ?? 1,
        ...(stop !== undefined && { stop }),
      };
    }
    case "search": {
      const { pattern = "*", unique } = content;
      if (typeof pattern !== "string") {
        throw new TypeError(`history_request must hold pattern, a string, got ${JSON.stringify(pattern)}`);
      }
      const count = integer(content, "n");
      return { access, pattern, unique: unique === true, ...(count !== undefined && { count }) };
    }
    default:
      throw new RangeError(
        `history_request must hold hist_access_type, one of tail, range and search, got ${JSON.stringify(access)}`,
      );
  }
}

function integer(content: Readonly<Record<string, unknown>>, name: string): number | undefined {
  const value = content[name] ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value !== "number" || !Number.isSafeInteger(value)) {
    throw new TypeError(`history_request must hold ${name}, an integer, got ${JSON.stringify(value)}`);
  }
  return value;
}
