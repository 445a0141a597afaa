/**
 * CommonJS as a bundler gives it to `import`, which is what cells and TypeScript files are checked by: a module that
 * calls itself `__esModule` has `exports.default` as its default, not all of `module.exports`. Between the importer and
 * such a module stands one of ours. JavaScript files and packages import each other as Node has it.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compileFunction } from "node:vm";
import { isTypeScript } from "../../language/localFile.js";
import { isShallow, isStackOverflow } from "../../language/nesting.js";
import { nestsTooDeeply } from "./transformLocal.js";

const mark = "#common";

/** What a module's resolution gives, ours or Node's. */
export interface Resolved {
  url: string;
  format?: string | null | undefined;
  shortCircuit?: boolean | undefined;
}

/** The `context` of Node's hook. */
export interface Importer {
  readonly parentURL?: string | undefined;
  readonly conditions?: readonly string[] | undefined;
}

/**
 * The module that stands before a CommonJS one, for an importer that is checked by a bundler's rules. Throws a SyntaxError
 * that names the notebook's own file when it nests too deeply to be read.
 */
export function throughInterop(found: Resolved, { parentURL, conditions }: Importer): Resolved {
  if (!parentURL || conditions?.includes("require") || !followsBundlers(parentURL) || !isCommon(found))
    return found;
  requireReadable(fileURLToPath(withoutQuery(found.url)));
  return { ...found, url: found.url + mark, format: "module" };
}

/** True for the module between: what it imports is for Node to resolve. */
export function isInterop(url: string | undefined): boolean {
  return url?.endsWith(mark) ?? false;
}

/** The URL of the module itself. */
export function withoutInterop(url: string): string {
  return isInterop(url) ? url.slice(0, -mark.length) : url;
}

/** Undefined for all other modules. */
export function interopModule(
  url: string,
): { format: "module"; source: string; shortCircuit: true } | undefined {
  if (!isInterop(url)) return undefined;
  const from = JSON.stringify(withoutInterop(url));
  const source = `import exports from ${from};
export * from ${from};
export default exports != null && exports.__esModule && "default" in exports ? exports.default : exports;`;
  return { format: "module", source, shortCircuit: true };
}

function followsBundlers(url: string): boolean {
  return url.endsWith("/__cell__.mjs") || isTypeScript(url.replace(/\?v=\w+$/, ""));
}

function isCommon({ url, format }: Resolved): boolean {
  if (!url.startsWith("file:")) return false;
  if (format) return format === "commonjs";
  return /\.c?js(?:\?|$)/.test(url) && !isModule(fileURLToPath(withoutQuery(url)));
}

/** What V8 says of a module's own syntax in CommonJS. */
const moduleSyntax =
  /^(?:Cannot use import statement outside a module|Unexpected token 'export'|Cannot use 'import\.meta' outside a module)/;

/** Of a file whose package says nothing: as Node decides it when it loads the file. */
function isModule(file: string): boolean {
  const text = readFileSync(file, "utf8");
  if (!/\b(?:import|export)\b/.test(text)) return false;
  const mistake = commonMistake(text);
  return mistake instanceof SyntaxError && moduleSyntax.test(mistake.message);
}

/** Node's newest lexer of exports is native code, which deep nesting ends the process in. V8's parser minds its stack. */
function requireReadable(file: string): void {
  if (/[\\/]node_modules[\\/]/.test(file)) return;
  const text = readFileSync(file, "utf8");
  if (!isShallow(text) && isStackOverflow(commonMistake(text))) throw nestsTooDeeply(file, text);
}

/** What V8 says of the text as CommonJS; undefined when it is that. */
function commonMistake(text: string): unknown {
  try {
    compileFunction(text.replace(/^#!.*/, ""), ["exports", "require", "module", "__filename", "__dirname"]);
    return undefined;
  } catch (error) {
    return error;
  }
}

function withoutQuery(url: string): string {
  return url.replace(/\?.*$/, "");
}
