/** Cuts a filter into signs, texts in quotes and bare words, each with its place. */

export interface Token {
  /** `name`: a field in backticks, whatever letters it has. */
  readonly kind: "word" | "text" | "name" | "sign" | "end";
  /** Without its quotes. */
  readonly text: string;
  /** Where it begins, in UTF-16 units from 0. */
  readonly at: number;
}

/** Throws a `SyntaxError` that says where and why. */
export type Refuse = (at: number, why: string) => never;

/** Longest first. */
const signs = ["<=", ">=", "!=", "==", "!~", "&&", "||", "<", ">", "=", "~", "(", ")", "!"] as const;
const quotes = new Map([
  ['"', "text"],
  ["'", "text"],
  ["`", "name"],
] as const) as ReadonlyMap<string, "text" | "name">;

/** A backslash in quotes keeps its quote, or itself, from ending the text; before any other letter it stands for itself. */
export function filterTokens(filter: string, refuse: Refuse): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < filter.length) {
    const char = filter[at] as string;
    if (/\s/u.test(char)) {
      at++;
      continue;
    }
    const sign = signs.find((one) => filter.startsWith(one, at));
    const kind = quotes.get(char);
    const { token, end } = sign
      ? { token: { kind: "sign", text: sign, at } as const, end: at + sign.length }
      : kind
        ? quoted(filter, { at, kind }, refuse)
        : word(filter, at);
    tokens.push(token);
    at = end;
  }
  return [...tokens, { kind: "end", text: "", at: filter.length }];
}

interface Cut {
  readonly token: Token;
  readonly end: number;
}

function quoted(filter: string, begin: { at: number; kind: "text" | "name" }, refuse: Refuse): Cut {
  const quote = filter[begin.at] as string;
  let text = "";
  for (let at = begin.at + 1; at < filter.length; at++) {
    const char = filter[at] as string;
    if (char === quote) return { token: { ...begin, text }, end: at + 1 };
    const next = filter[at + 1];
    if (char === "\\" && (next === quote || next === "\\")) text += filter[++at];
    else text += char;
  }
  return refuse(begin.at, `a ${quote} that begins here is never closed`);
}

/** To the next space, bracket, quote or sign. */
function word(filter: string, at: number): Cut {
  const [text = ""] = /^[^\s()<>=!~&|"'`]+|^./su.exec(filter.slice(at)) ?? [];
  return { token: { kind: "word", text, at }, end: at + text.length };
}
