/**
 * A word in which a field is compared, such as `valAccuracy>0.97` or `(config.lr<0.01`, or that begins one in backticks;
 * paths and names have no such sign.
 */
const comparison = /^[(!]*(?:`|[\p{L}_][^<>=~]*(?:[<>=~]|!=))/u;
const signFirst = /^(?:[<>=~]|!=|!~)/;
const before = /^(?:not|!|\()$/i;

/**
 * Where among a line's words a filter begins that goes on to the end: the first that compares, or whose next one begins
 * with a sign of comparison, with each `not` before it. The number of words where there is none.
 *
 * @example filterStart(["mnist-*", "not", "valAccuracy", ">", "0.97"]) // 1
 */
export function filterStart(words: readonly string[]): number {
  const found = words.findIndex(
    (word, i) =>
      comparison.test(word) || (/^[(!]*[\p{L}_]/u.test(word) && signFirst.test(words[i + 1] ?? "")),
  );
  if (found < 0) return words.length;
  let start = found;
  while (start > 0 && before.test(words[start - 1] as string)) start--;
  return start;
}
