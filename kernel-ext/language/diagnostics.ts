/** What the type checker says about a cell, and how a person reads it. */
import { commandHint } from "../magics/commandHint.js";
import { cellName } from "./cellName.js";
import { withoutFlatNames } from "./flatNames.js";
import { insteadOfBrowser } from "./insteadOfBrowser.js";
import { missingModuleHint } from "./missingModule.js";
import { withPackageNames } from "./packageNames.js";

export interface Diagnostic {
  readonly message: string;
  /** TypeScript's number, such as 2322; 0 for a mistake of syntax. */
  readonly code: number;
  readonly severity: "error" | "warning";
  /** 1-based, columns in UTF-16 units. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** What to do about it. */
  readonly hint?: string;
}

/** As the language server sends it. */
export interface ServerDiagnostic {
  readonly range: { readonly start: Place; readonly end: Place };
  readonly severity?: number;
  readonly code?: number | string;
  readonly message: string;
}

interface Place {
  readonly line: number;
  readonly character: number;
}

/**
 * "Implicitly any" and its kin. Checked with noImplicitAny for the sake of `const list = []`, which is `never[]`
 * without it; but a notebook need not annotate every parameter.
 */
const IMPLICIT_ANY = new Set([
  7005, 7006, 7007, 7008, 7009, 7010, 7011, 7012, 7013, 7014, 7015, 7016, 7017, 7018, 7019, 7020, 7022, 7023,
  7024, 7025, 7026, 7031, 7032, 7033, 7034, 7039, 7040, 7041, 7052, 7053, 7057, 7058,
]);

/** "Too large for control flow analysis": nothing is wrong with such code, which is generated. */
const TOO_LARGE = 2563;

/** Hints are dropped, and what concerns lines after the cell's own. */
export function shownDiagnostics(
  diagnostics: readonly ServerDiagnostic[],
  options: { lines: number; implicitAny: boolean; folder: string },
): Diagnostic[] {
  return diagnostics
    .filter(({ severity, range }) => (severity ?? 1) <= 2 && range.start.line < options.lines)
    .filter(({ code }) => options.implicitAny || !IMPLICIT_ANY.has(Number(code)))
    .map(({ range, severity, code, message }) => ({
      message: withPackageNames(withoutFlatNames(withoutCellModules(message)), options.folder),
      code: Number(code ?? 0),
      severity: severity === 2 || Number(code) === TOO_LARGE ? "warning" : "error",
      line: range.start.line + 1,
      column: range.start.character + 1,
      endLine: range.end.line + 1,
      endColumn: range.end.character + 1,
      ...importHint(Number(code), message, options.folder),
    }));
}

/** `import("/home/me/cell-slot-3").Net`, `__cells.s3.Net` → `Net`: cells are no modules to who writes them. */
export function withoutCellModules(text: string): string {
  return text.replaceAll(/(typeof )?import\("[^"]*cell-(slot-\d+|draft|hub)"\)\.?|\b__cells\.s\d+\./g, "");
}

export interface FormatOptions {
  /** The execution count. */
  readonly cell: number;
  /** The cell as the person wrote it. */
  readonly source: string;
  /** Marks the kind of a fault and the line below its place. Default: unmarked. */
  readonly mark?: (text: string) => string;
}

/**
 * ```
 * cell 3, line 2: error TS2322: Type 'string' is not assignable to type 'number'.
 *   2 │ let x: number = "a";
 *     │     ~
 * ```
 */
export function formatDiagnostics(
  diagnostics: readonly Diagnostic[],
  { cell, source, mark = (text) => text }: FormatOptions,
): string {
  const lines = source.split("\n");
  return diagnostics
    .map((diagnostic) => formatOne(diagnostic, { cell, text: lines[diagnostic.line - 1] ?? "", mark }))
    .join("\n");
}

function formatOne(
  { message, code, severity, line, column, endLine, endColumn, hint }: Diagnostic,
  { cell, text, mark }: { cell: number; text: string; mark: (text: string) => string },
): string {
  const kind = code === 0 ? "SyntaxError" : `${severity} TS${code}`;
  const number = String(line);
  const margin = " ".repeat(number.length);
  const before = text.slice(0, column - 1);
  const marked = endLine === line ? text.slice(column - 1, endColumn - 1) : text.slice(column - 1);
  const caret = before.replace(/[^\t]/gu, " ") + mark("~".repeat(Math.max(1, [...marked].length)));
  const told = hint ?? hintFor(code, message, text);
  const below = told === undefined ? "" : `\n  ${told}`;
  return `${cellName(cell)}, line ${line}: ${mark(kind)}: ${message}\n  ${number} │ ${text}\n  ${margin} │ ${caret}${below}`;
}

/** Where an import leads to nothing (TypeScript's error 2307), or that which JSX stands for (2875). */
function importHint(code: number, message: string, folder: string): { hint?: string } {
  const missing =
    code === 2307 ? /^Cannot find module '([^']+)'/ : code === 2875 ? /module path '([^']+)'/ : undefined;
  const module = missing?.exec(message)?.[1];
  const hint = module === undefined ? undefined : missingModuleHint(module, folder);
  return hint === undefined ? {} : { hint };
}

/** What to type: a forgotten await, a command's capture for `files = !ls`. */
function hintFor(code: number, message: string, line: string): string | undefined {
  if (isPromiseTaken(code, message)) return "did you forget `await`? The value is a promise";
  const absent =
    code === 2304 ? /^Cannot find name '(\w+)'\. Cells run in Node/.exec(message)?.[1] : undefined;
  if (absent !== undefined)
    return insteadOfBrowser(absent) ?? `\`declare const ${absent}: any\` says that you gave Node one`;
  return code === 2304 || code === 2552 ? commandHint(line) : undefined;
}

/** A promise has no such property (2339, 2551), or stands where its value is wanted (2322, 2345, 2741). */
function isPromiseTaken(code: number, message: string): boolean {
  const [first = ""] = message.split("\n");
  if (code === 2741) return /^Property '.*' is missing in type 'Promise<.*>' but/.test(first);
  if (code === 2339 || code === 2551)
    return /^Property '.*' does not exist on type 'Promise<.*>'/.test(first);
  return (
    (code === 2322 || code === 2345) &&
    /^(?:Type|Argument of type) 'Promise<.*>' is not assignable to (?:type|parameter of type) '(?!.*Promise(?:Like)?<)/.test(
      first,
    )
  );
}
