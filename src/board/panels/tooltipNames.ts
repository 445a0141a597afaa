/** Names of runs as properties of a tooltip's object. */
import { visibleControls } from "../../base/visibleControls.js";

/** Characters of a run's name; the client cuts off at about 150 pixels. */
const nameLength = 24;

/** Each of its own: cut where it stays so, else whole, else numbered. */
export function shortNames(labels: readonly string[]): string[] {
  const whole = labels.map(visibleControls);
  const cut = whole.map(shortened);
  const isSingle = (names: readonly string[], i: number) =>
    names.indexOf(names[i] as string) === names.lastIndexOf(names[i] as string);
  return labels.map((_, i) => {
    if (isSingle(cut, i)) return asName(cut[i] as string);
    return asName(isSingle(whole, i) ? (whole[i] as string) : `${i + 1}: ${whole[i]}`);
  });
}

/**
 * With a no-break space behind it no name is a property that has a meaning of its own (`title`, `image`, `__proto__`) nor
 * one that looks like a number, which would come before the others.
 */
export function asName(text: string): string {
  return `${text}\u00a0`;
}

/** Names differ at their ends more than in the middle. */
function shortened(text: string): string {
  const letters = [...text];
  if (letters.length <= nameLength) return text;
  const half = nameLength / 2;
  return `${letters.slice(0, half - 1).join("")}…${letters.slice(-half).join("")}`;
}
