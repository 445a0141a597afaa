/** How a function's source writes a parameter that it takes apart, as oxc's parser gives it. */

export interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** The parameter without its default. */
export function withoutDefault(parameter: Node): Node {
  return parameter.type === "AssignmentPattern" ? (parameter.left as Node) : parameter;
}

/** Of `{ lr, units = 3 }` the members, or of its type; undefined where a rest, an index or a computed name takes any. */
export function namedMembers(
  nodes: readonly Node[],
  type: "Property" | "TSPropertySignature",
): readonly (Node & { readonly name: string })[] | undefined {
  if (nodes.some((node) => node.type !== type || node.computed === true)) return undefined;
  return nodes.map((node) => {
    const key = node.key as Node;
    return { ...node, name: String(key.name ?? key.value) };
  });
}
