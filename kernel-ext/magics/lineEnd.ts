/** What people write behind a statement of TypeScript out of habit: a semicolon, a remark. */
import { cutWords } from "./tokens.js";

/** A magic's arguments without them. In quotes both are the argument's own. */
export function withoutLineEnd(text: string): string {
  const words = cutWords(text);
  const remark = words.find(({ value, quoted }) => !quoted && value.startsWith("//"));
  const kept = remark ? text.slice(0, remark.start) : text;
  const last = words.findLast(({ end }) => end <= kept.length);
  const closed = last && /["']$/.test(kept.slice(last.start, last.end));
  return closed ? kept.trimEnd() : kept.replace(/[\s;]+$/, "");
}
