/** What a part of a page's data weighs in its file. */

/** Bytes, as JSON in a script element, without what joins it to others. */
export function pageBytes(part: unknown): number {
  return Buffer.byteLength(inScript(JSON.stringify(part)));
}

/** JSON that no tag can end: `<` only ever stands inside its strings. */
export function inScript(json: string): string {
  return json.replaceAll("<", "\\u003c");
}
