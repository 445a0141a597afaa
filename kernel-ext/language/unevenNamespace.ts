/** Namespaces that oxc compiles wrongly or not at all; esbuild compiles them as TypeScript does. */
import { child, list, type Node, nameOf, optional, walk } from "./syntaxTree.js";

/**
 * True when the tree of a TypeScript module holds a namespace in several blocks, each of which sees what the others
 * export, or one that exports a variable, which stays a property of the namespace.
 */
export function hasUnevenNamespace(program: Node): boolean {
  let found = false;
  walk(program, (node) => {
    if (hasSeveralBlocks(node) || exportsVariable(node)) found = true;
    return !found;
  });
  return found;
}

/** For text that is not parsed yet: false when there is no namespace in it. */
export function mayHoldNamespace(source: string): boolean {
  return /\b(?:namespace|module)\s+[\p{ID_Start}$_]/u.test(source);
}

function hasSeveralBlocks(parent: Node): boolean {
  const names = list(parent, "body").map(declared).filter(isNamespace).map(rootName);
  return new Set(names).size < names.length;
}

function isNamespace(node: Node): boolean {
  return node.type === "TSModuleDeclaration" && node.declare !== true && child(node, "id").type !== "Literal";
}

/** `a` of `namespace a.b.c`. */
function rootName(declaration: Node): string {
  let id = child(declaration, "id");
  while (id.type === "TSQualifiedName") id = child(id, "left");
  return nameOf(id);
}

function exportsVariable(node: Node): boolean {
  if (!isNamespace(node)) return false;
  const block = optional(node, "body");
  return (block ? list(block, "body") : []).some((statement) => {
    const inner =
      statement.type === "ExportNamedDeclaration" ? optional(statement, "declaration") : undefined;
    return inner?.type === "VariableDeclaration" && inner.declare !== true && inner.kind !== "const";
  });
}

function declared(statement: Node): Node {
  return statement.type === "ExportNamedDeclaration"
    ? (optional(statement, "declaration") ?? statement)
    : statement;
}
