/** Cuts a magic's arguments into words as a shell would, keeping brackets together: `batch=[32, 64]` is one word. */

export interface Word {
  /** Quotes and escapes resolved. */
  readonly value: string;
  /** UTF-16 offsets of the word as typed, quotes included. */
  readonly start: number;
  readonly end: number;
  /** True when it begins with a quote: `"--x"` is a value, not an option. */
  readonly quoted: boolean;
  /** The quote or bracket that was never closed, if any. */
  readonly open?: string;
}

const CLOSING: Record<string, string> = { "(": ")", "[": "]", "{": "}" };

/** Never throws: an unclosed quote or bracket is told by `open` of the last word. */
export function cutWords(text: string): Word[] {
  const words: Word[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at] ?? "")) at++;
    else {
      const word = readWord(text, at);
      words.push(word);
      at = word.end;
    }
  }
  return words;
}

function readWord(text: string, start: number): Word {
  let value = "";
  let quoted = false;
  const brackets: string[] = [];
  let at = start;
  while (at < text.length) {
    const char = text[at] ?? "";
    if (/\s/.test(char) && brackets.length === 0) break;
    if (char === '"' || char === "'") {
      const quote = readQuoted(text, at);
      // Inside brackets the text is an expression of its own: its quotes are part of it.
      value += brackets.length > 0 ? text.slice(at, quote.end) : quote.value;
      quoted ||= at === start;
      at = quote.end;
      if (!quote.closed) return { value, start, end: at, quoted, open: char };
      continue;
    }
    if (
      char === "\\" &&
      at + 1 < text.length &&
      brackets.length === 0 &&
      /[\s"'\\]/.test(text[at + 1] ?? "")
    ) {
      value += text[at + 1];
      at += 2;
      continue;
    }
    if (char in CLOSING) brackets.push(char);
    else if (char === CLOSING[brackets.at(-1) ?? ""]) brackets.pop();
    value += char;
    at++;
  }
  const open = brackets.at(-1);
  return { value, start, end: at, quoted, ...(open === undefined ? {} : { open }) };
}

function readQuoted(text: string, start: number): { value: string; end: number; closed: boolean } {
  const quote = text[start];
  let value = "";
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at] ?? "";
    if (char === quote) return { value, end: at + 1, closed: true };
    if (char === "\\" && quote === '"' && /["\\]/.test(text[at + 1] ?? "")) value += text[++at];
    else value += char;
  }
  return { value, end: text.length, closed: false };
}
