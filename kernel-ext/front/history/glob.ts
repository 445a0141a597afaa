/** Patterns as `history_request` has them (SQLite's GLOB): `*`, `?` and `[a-z]`, `[^a-z]`. The whole text must fit. */

type Single = (character: string) => boolean;
const star = Symbol("*");

/** Time grows with pattern × text at most, whatever the pattern: no backtracking beyond the last `*`. */
export function globMatcher(pattern: string): (text: string) => boolean {
  const tokens = parse([...pattern]);
  return (text) => fits(tokens, [...text]);
}

function fits(tokens: readonly (Single | typeof star)[], text: readonly string[]): boolean {
  let token = 0;
  let at = 0;
  let retry: { token: number; at: number } | undefined;
  while (at < text.length) {
    const expected = tokens[token];
    if (expected === star) {
      retry = { token: ++token, at };
    } else if (expected?.(text[at] as string)) {
      token++;
      at++;
    } else if (retry) {
      retry.at++;
      ({ token, at } = retry);
    } else return false;
  }
  return tokens.slice(token).every((left) => left === star);
}

function parse(pattern: readonly string[]): (Single | typeof star)[] {
  const tokens: (Single | typeof star)[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at] as string;
    // A `]` right after the bracket, or after its `^`, is one of the characters.
    const first = at + 1 + (pattern[at + 1] === "^" ? 1 : 0);
    const end = character === "[" ? pattern.indexOf("]", first + 1) : -1;
    if (character === "*") tokens.push(star);
    else if (character === "?") tokens.push(() => true);
    else if (end > 0) {
      tokens.push(oneOf(pattern.slice(first, end), first === at + 2));
      at = end;
    } else tokens.push((given) => given === character);
  }
  return tokens;
}

function oneOf(characters: readonly string[], negated: boolean): Single {
  const ranges: [string, string][] = [];
  for (let at = 0; at < characters.length; at++) {
    const low = characters[at] as string;
    const high = characters[at + 2];
    if (characters[at + 1] === "-" && high !== undefined) {
      ranges.push([low, high]);
      at += 2;
    } else ranges.push([low, low]);
  }
  return (given) => ranges.some(([low, high]) => low <= given && given <= high) !== negated;
}
