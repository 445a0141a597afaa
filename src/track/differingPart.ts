/** Long texts, such as search paths, shortened to where they differ. */

/** Characters that a cell of a table has room for. */
const most = 60;
/** Of what they share, so many characters stand before the difference. */
const before = 12;

/**
 * Values side by side, as a table shows them: where one is longer than 60 characters, each begins shortly before the first
 * character in which any two differ, with `…` for what is left out.
 */
export function differingPart<T>(values: readonly (T | string)[]): (T | string)[] {
  const texts = values.filter((value): value is string => typeof value === "string");
  if (texts.every((text) => text.length <= most)) return [...values];
  const start = Math.max(0, sharedLength(texts) - before);
  return values.map((value) => (typeof value === "string" ? shortened(value, start) : value));
}

function sharedLength([first = "", ...others]: readonly string[]): number {
  if (others.length === 0) return 0;
  let length = 0;
  while (length < first.length && others.every((other) => other[length] === first[length])) length++;
  return length;
}

function shortened(text: string, start: number): string {
  // Not within a character of two units.
  const from = /^[\uDC00-\uDFFF]/.test(text.slice(start)) ? start - 1 : start;
  const characters = [...text.slice(from)];
  const shown = characters.slice(0, most).join("");
  return `${from > 0 ? "…" : ""}${shown}${characters.length > most ? "…" : ""}`;
}
