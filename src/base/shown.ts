/**
 * A value as messages show what was given: texts in quotes, so that "3" is not taken for 3, and numbers as JavaScript
 * writes them, NaN and Infinity too.
 *
 * @example shown("3") // "3" in quotes
 */
export function shown(value: unknown): string {
  const isWritten = typeof value === "string" || (typeof value === "object" && value !== null);
  return (isWritten ? JSON.stringify(value) : undefined) ?? String(value);
}
