/** Parses the TypeScript of a cell, as TSX when it only reads that way. */
import { type OxcError, type ParseResult, parseSync } from "oxc-parser";
import type { CellSyntaxError } from "./cellSyntaxError.js";
import type { Node } from "./syntaxTree.js";

export interface ParsedCell {
  readonly lang: "ts" | "tsx";
  readonly program: Node;
  readonly errors: readonly CellSyntaxError[];
}

/** Never throws for a person's mistake: it is told in `errors`. */
export function parseCell(source: string): ParsedCell {
  const plain = parseAs(source, "ts");
  const parsed =
    plain.errors.length > 0 && /<[\w>]/.test(source)
      ? withMarkup(source, plain)
      : { lang: "ts" as const, result: plain };
  return {
    lang: parsed.lang,
    program: parsed.result.program as unknown as Node,
    errors: parsed.result.errors.map((error) => syntaxError(source, error)),
  };
}

/** `<T>x` and `<T>(x) => x` are TypeScript but not TSX, so TSX is tried second, and taken only when it has no error. */
function withMarkup(source: string, plain: ParseResult): { lang: "ts" | "tsx"; result: ParseResult } {
  const markup = parseAs(source, "tsx");
  return markup.errors.length === 0 ? { lang: "tsx", result: markup } : { lang: "ts", result: plain };
}

function parseAs(source: string, lang: "ts" | "tsx"): ParseResult {
  return parseSync(`cell.${lang}`, source, { sourceType: "module", lang });
}

/** Places a parser's error by line and column. */
export function syntaxError(source: string, error: Pick<OxcError, "message" | "labels">): CellSyntaxError {
  // The last one: of a name declared twice, the second. But not the bracket that what is missing would have closed.
  const label = error.labels.findLast(({ message }) => message !== "Opened here") ?? { start: 0, end: 0 };
  const start = Math.min(label.start, source.length);
  const before = source.slice(0, start);
  const lineStart = before.lastIndexOf("\n") + 1;
  const lineEnd = source.indexOf("\n", start);
  const end = Math.min(label.end, lineEnd < 0 ? source.length : lineEnd);
  return {
    message: readable(error.message, source.slice(label.start, label.end)),
    line: before.split("\n").length,
    column: start - lineStart + 1,
    length: Math.max(1, end - start),
  };
}

/** The parser names kinds of tokens, as in "but found `Identifier`". A person sees their text. */
function readable(message: string, token: string): string {
  return message
    .replace(/ but found `EOF`$/, " before the end")
    .replace(
      / but found `(?:Identifier|decimal|string|template)`$/,
      token === "" ? "" : ` but found \`${token}\``,
    );
}
