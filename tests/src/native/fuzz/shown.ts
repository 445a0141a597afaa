/** A call's arguments in one line, cut where a reader would stop. */
import { inspect } from "node:util";

export function shown(value: unknown): string {
  const text = inspect(value, {
    depth: 6,
    breakLength: Number.POSITIVE_INFINITY,
    maxArrayLength: 24,
    compact: true,
  });
  return text.length > 1500 ? `${text.slice(0, 1500)} …` : text;
}
