/** JSON that gives every number back as it was: NaN, infinities and −0 too, which plain JSON cannot say. */

const mark = "$number";

/** @param value objects, lists, texts, numbers, booleans, null; entries that are undefined are left out */
export function exactJson(value: unknown): string {
  return JSON.stringify(value, (_, entry: unknown) =>
    typeof entry === "number" && (!Number.isFinite(entry) || Object.is(entry, -0))
      ? { [mark]: Object.is(entry, -0) ? "-0" : String(entry) }
      : entry,
  );
}

/** @throws SyntaxError for what is no JSON. */
export function parseExactJson(text: string): unknown {
  return JSON.parse(text, (_, entry: unknown) => {
    const name = (entry as { [mark]?: unknown } | null)?.[mark];
    return typeof name === "string" ? Number(name) : entry;
  });
}
