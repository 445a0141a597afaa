/** Where a run's record left out secrets of the program that made it. */
import { hidden } from "../track/withoutSecrets.js";

/** Words of a command that stand for a secret, with the option that they are given to: `--api-key ***`. */
export function maskedWords(words: readonly string[]): string[] {
  return words.flatMap((word, i) => {
    if (!word.includes(hidden)) return [];
    return [word === hidden ? `${words[i - 1] ?? ""} ${word}`.trim() : word];
  });
}

/** A line of the code with the mask as the whole of a text, or as an address's password. */
const maskedText = /(["'`])\*\*\*\1|:\/\/[^\s/:@]*:\*\*\*@/;

/** Such lines of a file, counted from 1. */
export function maskedLines(text: string): number[] {
  return text.split("\n").flatMap((line, i) => (maskedText.test(line) ? [i + 1] : []));
}
