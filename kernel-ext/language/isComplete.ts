/** Whether a cell could run as it stands: what a console asks before it sends a line. */
import { parseSync } from "oxc-parser";
import type { MagicRegistry } from "../magics/registry.js";
import { openBracketsOf } from "../magics/scanLines.js";
import { splitMagics } from "../magics/split.js";
import { parseCell } from "./parseCell.js";
import { list, type Node } from "./syntaxTree.js";

export interface Completeness {
  readonly status: "complete" | "incomplete" | "invalid";
  /** For `incomplete`: the spaces the next line should begin with. */
  readonly indent?: string;
}

export function isComplete(source: string, magics: MagicRegistry): Completeness {
  const split = splitMagics(source, magics);
  if (split.errors.length > 0) return { status: "invalid" };
  // The body of a %%magic ends with an empty line.
  if (split.cellMagic)
    return /\n\s*\n?$/.test(source) ? { status: "complete" } : { status: "incomplete", indent: "" };
  if (/\\\s*$/.test(source)) return { status: "incomplete", indent: "" };
  const { program, errors, lang } = parseCell(split.source);
  if (errors.length === 0) {
    if (endsInSignature(program, split.source)) return { status: "incomplete", indent: "" };
    return { status: declaresTwice(split.source, lang) ? "invalid" : "complete" };
  }
  const open = openBracketsOf(split.source);
  if (!mayGoOn(split.source, open)) return { status: "invalid" };
  return { status: "incomplete", indent: " ".repeat(2 * open.depth) };
}

/** `function f()` without a body may be an overload's signature; more likely its body comes on the next line. */
function endsInSignature(program: Node, source: string): boolean {
  const last = list(program, "body").at(-1);
  return last?.type === "TSDeclareFunction" && last.declare !== true && !/;\s*$/.test(source);
}

/** One cell cannot declare a name twice by `let`, `const` or `class`, though two cells can. */
function declaresTwice(source: string, lang: "ts" | "tsx"): boolean {
  return errorsOf(source, lang, { showSemanticErrors: true }).some(({ message }) =>
    message.endsWith("has already been declared"),
  );
}

/** Whether there is text that would make the source whole: its first error is then at its end, or has some such text. */
function mayGoOn(source: string, open: { unclosed: boolean; closing: string }): boolean {
  return languages.some((lang) => {
    const [first] = errorsOf(source, lang);
    if (!first) return true;
    const atEnd = first.labels.some(({ start }) => start >= source.trimEnd().length);
    if (atEnd || (open.unclosed && first.message.startsWith("Unterminated"))) return true;
    return CONTINUATIONS.some((more) => errorsOf(`${source}${more}${open.closing}`, lang).length === 0);
  });
}

const languages = ["ts", "tsx"] as const;

/** What may follow where the parser's error stands before the end: `foo?.`, `<T>(x: T) =>`. */
const CONTINUATIONS = ["", " x", " = x", ": x", " {}", " => x", "> x", ">(x)", "() {}", "*/"];

function errorsOf(source: string, lang: "ts" | "tsx", options: { showSemanticErrors?: boolean } = {}) {
  return parseSync(`cell.${lang}`, source, { sourceType: "module", lang, ...options }).errors;
}
