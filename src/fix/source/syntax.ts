/** Nodes of oxc's syntax tree, and how they are looked through. */

export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** Of a `start` a node, or undefined; lists are looked through too. */
export function* nodesIn(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const one of value) yield* nodesIn(one);
  else if (typeof value === "object" && value !== null && typeof (value as Node).type === "string") {
    yield value as Node;
    for (const child of Object.values(value)) if (typeof child === "object") yield* nodesIn(child);
  }
}

/** Without what changes no value: `await`, `as`, `satisfies`, `!` and parentheses. */
export function plain(node: Node): Node {
  if (node.type === "AwaitExpression") return plain(node.argument as Node);
  if (/^(TS\w+Expression|ParenthesizedExpression)$/.test(node.type)) return plain(node.expression as Node);
  return node;
}

/** `name` of `name(…)` and of `anything.name(…)`; undefined of what is no such call. */
export function calledName(node: Node): string | undefined {
  if (node.type !== "CallExpression") return undefined;
  return nameOf(node.callee as Node);
}

function nameOf(callee: Node): string | undefined {
  if (callee.type === "Identifier") return String(callee.name);
  if (callee.type !== "MemberExpression" || callee.computed === true) return undefined;
  return String((callee.property as Node).name);
}

export function argumentsOf(call: Node): readonly Node[] {
  return (call.arguments ?? []) as readonly Node[];
}

/** Members of an object literal that have a plain name, by it. */
export function members(object: Node): Map<string, Node> {
  const found = new Map<string, Node>();
  for (const property of object.properties as readonly Node[]) {
    if (property.type !== "Property" || property.computed === true) continue;
    const { name, value } = property.key as Node;
    found.set(String(name ?? value), property);
  }
  return found;
}

/** The value of a literal, also of a negative number; undefined of anything else. */
export function literalOf(node: Node): string | number | boolean | undefined {
  const { type, value, operator } = node;
  if (type === "UnaryExpression" && operator === "-") {
    const positive = literalOf(node.argument as Node);
    return typeof positive === "number" ? -positive : undefined;
  }
  if (type !== "Literal") return undefined;
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? value
    : undefined;
}
