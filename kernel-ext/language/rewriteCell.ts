/**
 * Edits the JavaScript of a cell so that V8's REPL mode runs it as a notebook expects.
 *
 * REPL mode lets a later script declare a name again only with the same kind of declaration. So each top-level
 * binding becomes a `let`: imports, functions, classes, enums, `var` out of blocks. Lexical, never a property of the
 * global object: a cell's `const process = 5` must not reach the libraries.
 */
import MagicString from "magic-string";
import { outerIdentifiers } from "./analyseCell.js";
import { boundNames } from "./analyseModules.js";
import { hoistStatements } from "./hoistStatements.js";
import { hookExpression } from "./hookExpression.js";
import { type ImportContext, importStatement } from "./importStatement.js";
import { ownName } from "./ownGlobals.js";
import { renameOwn } from "./renameOwn.js";
import { child, isFunction, lastFirst, list, type Node, nameOf, optional } from "./syntaxTree.js";

export interface RewriteOptions {
  readonly cell: number;
  /** Hand the value of the last statement, an expression, to the session. */
  readonly showResult: boolean;
  /** Globals that cells have declared as names of their own. */
  readonly own?: ReadonlySet<string>;
  /** Run it in strict mode, as modules are and TypeScript assumes. */
  readonly strict: boolean;
}

export interface Rewritten {
  readonly code: string;
  /** Source map version 3, JSON, to the JavaScript given. */
  readonly map: string;
}

/** @param program The tree of `code`, which is JavaScript as a code generator prints it: every statement ends in `;`. */
export function rewriteCell(code: string, program: Node, options: RewriteOptions): Rewritten {
  const rewrite = new Rewrite(code, options.own ?? new Set());
  rewrite.run(program, options);
  const map = rewrite.edits.generateMap({ hires: "boundary", source: "cell.js" });
  return { code: rewrite.edits.toString(), map: map.toString() };
}

class Rewrite {
  readonly edits: MagicString;
  /** Names of `var`: declared once, before everything else. */
  readonly #vars = new Set<string>();
  readonly #enums = new Set<string>();
  /** Names whose value the cell uses. */
  readonly #used = new Set<string>();
  /** Awaits outside of functions so far. */
  #awaits = 0;

  constructor(
    readonly code: string,
    readonly own: ReadonlySet<string>,
  ) {
    this.edits = new MagicString(code);
  }

  run(program: Node, options: RewriteOptions): void {
    const body = list(program, "body");
    for (const { name } of outerIdentifiers(program)) this.#used.add(String(name));
    renameOwn(this.edits, program, this.own);
    const last = body.findLast((statement) => !vanishes(statement));
    for (const statement of body) {
      this.#statement(statement, options.showResult && statement === last ? options.cell : undefined);
    }
    for (const statement of body) this.#below(statement);
    hoistStatements(this.edits, body);
    if (this.#vars.size > 0) this.edits.prepend(`let ${[...this.#vars].join(", ")};\n`);
    if (options.strict) this.edits.prepend('"use strict";\n');
  }

  get #importContext(): ImportContext {
    return { code: this.code, used: this.#used, bound: (name) => this.#name(name), place: this.#place };
  }

  readonly #place = () => this.#awaits++;

  #name(name: string): string {
    return this.own.has(name) ? ownName(name) : name;
  }

  #statement(node: Node, resultOf: number | undefined): void {
    switch (node.type) {
      case "ImportDeclaration":
        this.edits.overwrite(node.start, node.end, importStatement(node, this.#importContext));
        break;
      case "ExportAllDeclaration":
        this.edits.remove(node.start, node.end);
        break;
      case "ExportNamedDeclaration":
        this.#exportNamed(node, resultOf);
        break;
      case "ExportDefaultDeclaration":
        this.#exportDefault(node, resultOf);
        break;
      case "FunctionDeclaration":
        this.#bind(node);
        break;
      case "ClassDeclaration":
        this.#bind(node);
        break;
      case "VariableDeclaration":
        if (node.kind === "var") this.#var(node, "statement");
        else this.edits.overwrite(node.start, startOfList(node), "let ");
        break;
      case "ExpressionStatement":
        if (resultOf !== undefined) this.#result(child(node, "expression"), node, resultOf);
        break;
    }
  }

  /** `function f() {}` → `let f = function() {};`: the name still reaches `f.name`, and the binding is a `let`. */
  #bind(node: Node): void {
    const id = optional(node, "id");
    if (!id) return;
    const name = nameOf(id);
    this.edits.appendRight(node.start, `let ${this.#name(name)} = `);
    // A class keeps its inner name: its methods mean the class itself by it, whatever the binding holds later.
    if (node.type === "FunctionDeclaration" && !this.own.has(name)) this.edits.remove(id.start, id.end);
    this.edits.appendLeft(node.end, ";");
  }

  #exportNamed(node: Node, resultOf: number | undefined): void {
    const declaration = optional(node, "declaration");
    if (!declaration) return void this.edits.remove(node.start, node.end);
    this.edits.remove(node.start, declaration.start);
    this.#statement(declaration, resultOf);
  }

  #exportDefault(node: Node, resultOf: number | undefined): void {
    const declaration = child(node, "declaration");
    const named = optional(declaration, "id") && /Declaration$/.test(declaration.type);
    if (named) {
      this.edits.remove(node.start, declaration.start);
      this.#statement(declaration, resultOf);
      return;
    }
    const [open, close] = resultOf === undefined ? ["(", ");"] : [`__tsk.res(${resultOf}, (`, "));"];
    this.edits.overwrite(node.start, declaration.start, open);
    if (node.end > declaration.end) this.edits.overwrite(declaration.end, node.end, close);
    else this.edits.appendLeft(node.end, close);
  }

  #result(expression: Node, statement: Node, cell: number): void {
    this.edits.appendRight(expression.start, `__tsk.res(${cell}, (`);
    this.edits.appendLeft(expression.end, "))");
    if (this.code[statement.end - 1] !== ";") this.edits.appendLeft(statement.end, ";");
  }

  /** `var` → assignments; the names are declared at the cell's top. */
  #var(node: Node, place: "statement" | "for" | "forIn"): void {
    const declarators = list(node, "declarations");
    for (const declarator of declarators)
      for (const name of boundNames(child(declarator, "id"))) this.#vars.add(this.#name(name));
    if (place === "forIn") return void this.edits.remove(node.start, startOfList(node));
    const kept = declarators.filter((declarator) => optional(declarator, "init"));
    const first = kept[0];
    if (!first) return void this.edits.overwrite(node.start, node.end, place === "for" ? "" : ";");
    this.edits.overwrite(node.start, first.start, "(");
    kept.forEach((declarator, index) => {
      const next = kept[index + 1];
      const last = declarators.at(-1) as Node;
      if (next) this.edits.overwrite(declarator.end, next.start, "), (");
      else if (last.end > declarator.end) this.edits.overwrite(declarator.end, last.end, ")");
      else this.edits.appendLeft(declarator.end, ")");
      this.#forgetEarlierEnum(declarator);
    });
  }

  /** `var E = function(E) {…}(E || {})` would add to an earlier cell's E: a first block of a name starts from nothing. */
  #forgetEarlierEnum(declarator: Node): void {
    const init = optional(declarator, "init");
    const id = child(declarator, "id");
    if (init?.type !== "CallExpression" || id.type !== "Identifier" || this.#enums.has(nameOf(id))) return;
    const argument = list(init, "arguments")[0];
    if (
      argument?.type !== "LogicalExpression" ||
      this.code.slice(argument.start, argument.end) !== `${nameOf(id)} || {}`
    )
      return;
    this.#enums.add(nameOf(id));
    this.edits.overwrite(argument.start, argument.end, "{}");
  }

  /** Awaits, imports and `import.meta` anywhere inside `statement`; `var` outside functions. */
  #below(statement: Node): void {
    const waiting: { node: Node; outside: boolean; parent?: Node }[] = [{ node: statement, outside: true }];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { node, parent } = next;
      hookExpression(this.edits, node, next.outside ? this.#place : undefined);
      if (parent && next.outside && node.type === "VariableDeclaration" && node.kind === "var")
        this.#nestedVar(parent, node);
      const outside = next.outside && !isFunction(node) && node.type !== "StaticBlock";
      for (const inner of lastFirst(node)) waiting.push({ node: inner, outside, parent: node });
    }
  }

  #nestedVar(parent: Node, node: Node): void {
    if (parent.type === "ExportNamedDeclaration") return;
    const isFor = parent.type === "ForStatement" && parent.init === node;
    const isForIn = /^For(In|Of)Statement$/.test(parent.type) && parent.left === node;
    this.#var(node, isForIn ? "forIn" : isFor ? "for" : "statement");
  }
}

/** True for statements that leave nothing to run, such as the `export {}` that oxc adds to a module. */
export function vanishes(node: Node): boolean {
  if (node.type === "EmptyStatement" || node.type === "ExportAllDeclaration") return true;
  return node.type === "ExportNamedDeclaration" && !optional(node, "declaration");
}

function startOfList(declaration: Node): number {
  return (list(declaration, "declarations")[0] as Node).start;
}
