/** Turns the TypeScript of a cell into JavaScript for V8's REPL mode. */
import { parseSync } from "oxc-parser";
import { transformSync } from "oxc-transform";
import { analyseCell } from "./analyseCell.js";
import { type CellFacts, noFacts } from "./cellFacts.js";
import { composeMaps } from "./cellMap.js";
import { type CellSyntax, jsxNames, oxcOptions, plainSyntax } from "./cellSyntax.js";
import type { CellSyntaxError } from "./cellSyntaxError.js";
import { hasDecorator, lowerSyntax, lowerTypeScript, needsLowering } from "./lowerSyntax.js";
import { moduleNames, ownGlobals } from "./ownGlobals.js";
import { type ParsedCell, parseCell, syntaxError } from "./parseCell.js";
import { plainUsing } from "./plainUsing.js";
import { type RewriteOptions, rewriteCell, vanishes } from "./rewriteCell.js";
import { list, type Node } from "./syntaxTree.js";
import { hasUnevenNamespace } from "./unevenNamespace.js";

export interface CompileOptions {
  /** As tsconfig.json has it. */
  readonly syntax?: CellSyntax;
  /** Show the value of the last statement when it is an expression. Default true. */
  readonly showResult?: boolean;
  /** Globals that earlier cells declared as names of their own; see `ownGlobals`. */
  readonly own?: Iterable<string>;
  /** Compile for sloppy mode, in which assigning makes globals: for JavaScript. Default false. */
  readonly sloppy?: boolean;
}

/** Never thrown for a person's mistake: `errors` is then not empty and `code` is empty. */
export interface CompileResult {
  /** `cell-3.ts`. */
  readonly file: string;
  /** JavaScript that ends in `//# sourceURL=cell-3.ts`; empty when there is nothing to run. */
  readonly code: string;
  /** Source map version 3, JSON, from `code` to `source`; ask it through `CellMap`. */
  readonly map: string;
  readonly facts: CellFacts;
  readonly errors: readonly CellSyntaxError[];
}

/**
 * @param source TypeScript, magics already replaced by `splitMagics`.
 * @param cell The execution count; names the file `cell-N.ts`.
 */
export async function compileCell(
  source: string,
  cell: number,
  options: CompileOptions = {},
): Promise<CompileResult> {
  const file = `cell-${cell}.ts`;
  const syntax = options.syntax ?? plainSyntax;
  const parsed = parseCell(source);
  if (parsed.errors.length > 0) return failed(file, parsed.errors);
  const facts = analyseCell(parsed.program, jsxNames(source, syntax));
  const plain = needsTypeScriptLowering(parsed.program, syntax)
    ? { ...(await lowerTypeScript(source, parsed.lang, syntax)), errors: [] }
    : withoutTypes(source, parsed, syntax);
  if (plain.errors.length > 0) return failed(file, plain.errors, facts);
  const passes = [plain.map];
  const showResult = (options.showResult ?? true) && endsInExpression(parsed);
  const own = new Set([...(options.own ?? []), ...ownGlobals(facts), ...moduleNames(source)]);
  const script = await toRepl(plain.code, passes, { cell, showResult, own, strict: !options.sloppy });
  if (script === undefined) return { file, code: "", map: "", facts, errors: [] };
  return {
    file,
    code: `${script}\n//# sourceURL=${file}`,
    map: composeMaps(passes, { file, source }),
    facts,
    errors: [],
  };
}

/** As far as `compileCell` parses, in less time: for who asks whether that ends the process. */
export async function parseAsCompiled(source: string, options: CompileOptions = {}): Promise<void> {
  if (/@|\b(?:using|accessor|namespace|module)\b/.test(source)) {
    // What esbuild makes of it may nest deeper.
    await compileCell(source, 1, options);
    return;
  }
  const parsed = parseCell(source);
  if (parsed.errors.length > 0) return;
  const plain = withoutTypes(source, parsed, options.syntax ?? plainSyntax);
  if (plain.errors.length === 0) parseScript(plain.code);
}

/** What has no JavaScript of its own to be lowered from: decorators at parameters, namespaces that share their exports. */
function needsTypeScriptLowering(program: Node, syntax: CellSyntax): boolean {
  return (syntax.legacyDecorators && hasDecorator(program)) || hasUnevenNamespace(program);
}

/** TypeScript and JSX → JavaScript. */
function withoutTypes(
  source: string,
  { lang }: ParsedCell,
  syntax: CellSyntax,
): { code: string; map: string; errors: CellSyntaxError[] } {
  const oxc = oxcOptions(syntax);
  const { code, map, errors } = transformSync(`cell.${lang}`, source, {
    lang,
    sourceType: "module",
    ...oxc,
    typescript: { ...oxc.typescript, onlyRemoveTypeImports: true },
  });
  return { code, map: JSON.stringify(map), errors: errors.map((error) => syntaxError(source, error)) };
}

/** Edits plain JavaScript for REPL mode; each pass's map is added to `passes`. Undefined when there is nothing to run. */
async function toRepl(plain: string, passes: string[], options: RewriteOptions): Promise<string | undefined> {
  let code = plain;
  let program = parseScript(code);
  if (needsLowering(program)) {
    const bindings = plainUsing(code, program);
    const lowered = await lowerSyntax(bindings.code);
    passes.push(bindings.map, lowered.map);
    code = lowered.code;
    program = parseScript(code);
  }
  if (list(program, "body").every(vanishes)) return undefined;
  const rewritten = rewriteCell(code, program, options);
  passes.push(rewritten.map);
  return rewritten.code;
}

function parseScript(code: string): Node {
  const { program, errors } = parseSync("cell.js", code, { sourceType: "module", preserveParens: false });
  if (errors[0]) throw new SyntaxError(`the compiler wrote JavaScript it cannot read: ${errors[0].message}`);
  return program as unknown as Node;
}

/** Of the TypeScript: what oxc makes of an enum or a namespace is an expression, but no value to show. */
function endsInExpression(parsed: ParsedCell): boolean {
  const last = list(parsed.program, "body").at(-1);
  return last?.type === "ExpressionStatement" || last?.type === "ExportDefaultDeclaration";
}

function failed(file: string, errors: readonly CellSyntaxError[], facts = noFacts): CompileResult {
  return { file, code: "", map: "", facts, errors };
}
