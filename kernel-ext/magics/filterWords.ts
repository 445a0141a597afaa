import { filterStart } from "../../src/base/filterStart.js";
import { cutWords } from "./tokens.js";

export interface FilteredWords {
  /** Words before the filter: names of runs. */
  readonly runs: readonly string[];
  /** The filter as typed, with its quotes; undefined where there is none. */
  readonly filter: string | undefined;
}

/**
 * Parts the words of `%runs mnist-* valAccuracy>0.97 and name="my run"`. A filter in quotes as a whole is taken out of
 * them; else the quotes in it are its own.
 *
 * @param text the magic's line, in which the words stand in this order, with options between them
 */
export function filterWords(positionals: readonly string[], text: string): FilteredWords {
  const start = filterStart(positionals);
  if (start === positionals.length) return { runs: positionals, filter: undefined };
  const typed = asTyped(positionals, text);
  return { runs: positionals.slice(0, start), filter: typed.slice(start).join(" ") };
}

function asTyped(positionals: readonly string[], text: string): string[] {
  const words = cutWords(text);
  let next = 0;
  return positionals.map((value) => {
    while (next < words.length && words[next]?.value !== value) next++;
    const word = words[next++];
    if (!word) return value;
    return word.quoted && filterStart([value]) === 0 ? value : text.slice(word.start, word.end);
  });
}
