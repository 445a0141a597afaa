/** What the tag of a series must be, held where a person's own enters. */

/** Longer tags are refused: each point holds its tag, and each page lists it. TensorBoard itself has no bound. */
export const mostTagCharacters = 10_000;

/** @throws TypeError if it is none, RangeError if it is empty or too long. @param what the name of the method */
export function checkTag(what: string, tag: unknown): void {
  if (typeof tag !== "string") throw new TypeError(`${what}: a tag must be a text; got ${typeof tag}`);
  if (tag === "") throw new RangeError(`${what}: a tag must not be empty; got ""`);
  if (tag.length > mostTagCharacters)
    throw new RangeError(
      `${what}: a tag must have at most ${mostTagCharacters} characters; got ${tag.length}, which begin ${JSON.stringify(tag.slice(0, 40))}`,
    );
}
