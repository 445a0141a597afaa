/** Texts that are too long to read. */
import { slice } from "./primordials.js";

/** Longest text of a value or an error, in UTF-16 units. */
const longestText = 100_000;

/** The text, or its beginning and how much more there is. */
export function cutText(text: string): string {
  if (text.length <= longestText) return text;
  return `${slice(text, 0, longestText)}\n… ${text.length - longestText} more characters`;
}
