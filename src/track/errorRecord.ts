/** An error as a run's record keeps it. */
import type { RunRecord } from "./runRecord.js";

export function errorRecord(error: unknown): NonNullable<RunRecord["error"]> {
  if (error instanceof Error) {
    const { name, message, stack } = error;
    return { name, message, ...(stack !== undefined && { stack }) };
  }
  return textError(String(error));
}

/** An error that came from another process as its stack: `RangeError: too large\n    at …`. */
function textError(text: string): NonNullable<RunRecord["error"]> {
  const [, name, message] = /^(\w*Error): (.*?)\n +at /s.exec(text) ?? [];
  if (name === undefined || message === undefined) return { name: "Error", message: text };
  return { name, message, stack: text };
}
