/** Compiles a TypeScript file of the notebook's folder to JavaScript that this Node runs. */
import { basename } from "node:path";
import { type OxcError, parseSync } from "oxc-parser";
import { transformSync } from "oxc-transform";
import { type CellSyntax, oxcOptions } from "../../language/cellSyntax.js";
import { lowerFile, needsLowering } from "../../language/lowerSyntax.js";
import { tooDeep } from "../../language/nesting.js";
import { syntaxError } from "../../language/parseCell.js";
import type { Node } from "../../language/syntaxTree.js";
import { hasUnevenNamespace, mayHoldNamespace } from "../../language/unevenNamespace.js";

/** Plain JSON: it is sent to another process too. */
export interface LocalSource {
  readonly file: string;
  readonly source: string;
  /** As the file's tsconfig.json has it. */
  readonly syntax: CellSyntax;
}

export interface Transformed {
  readonly code: string;
  /** Source map version 3, JSON. */
  readonly map: string;
}

/** Throws a SyntaxError that names file and mistake. Ends the process over what nests too deeply for the native parser. */
export function transformLocal({ file, source, syntax }: LocalSource): Transformed {
  if (mayHoldNamespace(source) && hasUnevenNamespace(parse(file, source)))
    return lowerFile(source, { file, syntax });
  const result = transformSync(file, source, oxcOptions(syntax));
  if (result.errors.length > 0) throw mistakes(file, source, result.errors);
  // Few files have what neither oxc lowers nor Node runs; esbuild is slow to start.
  if (!/@[\w$(]|\b(?:using|accessor)\s+[\w$#]/.test(source) || !lacksLowering(result.code))
    return { code: result.code, map: JSON.stringify(result.map) };
  return lowerFile(source, { file, syntax });
}

/** What the person is told of a file that cannot be loaded for how it is written. */
export function cannotBeCompiled(file: string, why: string): SyntaxError {
  return new SyntaxError(`${basename(file)} cannot be compiled: ${why}`);
}

export function nestsTooDeeply(file: string, source: string): SyntaxError {
  return cannotBeCompiled(file, `${tooDeep(source).message} (${file})`);
}

function lacksLowering(code: string): boolean {
  return needsLowering(parse("file.js", code), { top: true });
}

function parse(file: string, text: string): Node {
  return parseSync(file, text, { sourceType: "module" }).program as unknown as Node;
}

/** Errors of syntax with the place of each: `bad.ts:3:7`. */
function mistakes(
  file: string,
  source: string,
  errors: readonly Pick<OxcError, "message" | "labels">[],
): SyntaxError {
  const told = errors.map((error) => {
    const { message, line, column } = syntaxError(source, error);
    return `${message} (${file}:${line}:${column})`;
  });
  return cannotBeCompiled(file, told.join("; "));
}
