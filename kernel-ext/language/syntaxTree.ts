/** The ESTree that oxc gives, seen loosely: a node's children are found through the parser's own table of keys. */
import { visitorKeys } from "oxc-parser";

export interface Node {
  readonly type: string;
  /** UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as Node).type === "string";
}

/** The node under a key. Throws a `TypeError` when there is none: the grammar promised one. */
export function child(node: Node, key: string): Node {
  const value = node[key];
  if (!isNode(value)) throw new TypeError(`a ${node.type} requires a node as ${key}, but has none`);
  return value;
}

/** The node under a key, if there is one. */
export function optional(node: Node, key: string): Node | undefined {
  const value = node[key];
  return isNode(value) ? value : undefined;
}

/** The nodes of a list, holes left out. */
export function list(node: Node, key: string): Node[] {
  const value = node[key];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** The `name` of an identifier, or the string of a literal key. */
export function nameOf(node: Node): string {
  return String(node.name ?? node.value);
}

/** Calls `visit` with each direct child, in source order. */
export function eachChild(node: Node, visit: (child: Node, key: string) => void): void {
  for (const key of visitorKeys[node.type] ?? []) {
    const value = node[key];
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) visit(item, key);
    } else if (isNode(value)) visit(value, key);
  }
}

/**
 * Calls `visit` with the node and all below it, in source order; `false` skips what is below. No recursion: generated
 * code has sums of thousands of terms.
 */
export function walk(node: Node, visit: (node: Node) => boolean | undefined): void {
  const waiting = [node];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (visit(next) === false) continue;
    for (const below of lastFirst(next)) waiting.push(below);
  }
}

/** The direct children, the last in the source first: as a stack takes them. */
export function lastFirst(node: Node): Node[] {
  const found: Node[] = [];
  eachChild(node, (below) => found.push(below));
  return found.reverse();
}

const FUNCTIONS = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);

export function isFunction(node: Node): boolean {
  return FUNCTIONS.has(node.type);
}

/** The identifier a chain of members, calls and assertions starts from. */
export function rootOf(node: Node): Node | undefined {
  let root: Node | undefined = node;
  while (root && root.type !== "Identifier") {
    root =
      optional(root, "object") ??
      optional(root, "callee") ??
      optional(root, "expression") ??
      optional(root, "tag");
  }
  return root;
}
