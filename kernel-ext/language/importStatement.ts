/** A cell's `import` as a statement that V8's REPL mode runs. */
import { child, list, type Node, nameOf } from "./syntaxTree.js";

export interface ImportContext {
  readonly code: string;
  /** Names whose value the cell uses. */
  readonly used: ReadonlySet<string>;
  /** The name that what was written `name` is bound to. */
  readonly bound: (name: string) => string;
  /** The next number of an await that stands outside of functions. */
  readonly place: () => number;
}

/**
 * `import d, { a as b } from "x"` → `let { default: d, a: b } = await __tsk.aw(__tsk.imp("x", undefined, ["default", "a"]), 0);`
 *
 * What is named must be there when the cell uses its value; else it may be a type, imported without `type`.
 */
export function importStatement(node: Node, { code, used, bound, place }: ImportContext): string {
  const attributes = list(node, "attributes").map(({ start, end }) => code.slice(start, end));
  const named: string[] = [];
  const needed: string[] = [];
  let namespace: string | undefined;
  for (const specifier of list(node, "specifiers")) {
    const written = nameOf(child(specifier, "local"));
    const local = bound(written);
    if (specifier.type === "ImportNamespaceSpecifier") {
      namespace = local;
      continue;
    }
    const key = specifier.type === "ImportDefaultSpecifier" ? "default" : importedKey(specifier);
    named.push(`${key}: ${local}`);
    if (used.has(written)) needed.push(key.startsWith('"') ? key : `"${key}"`);
  }
  const given = [
    JSON.stringify(child(node, "source").value),
    ...(attributes.length > 0
      ? [`{ with: { ${attributes.join(", ")} } }`]
      : needed.length > 0
        ? ["undefined"]
        : []),
    ...(needed.length > 0 ? [`[${needed.join(", ")}]`] : []),
  ];
  const load = `await __tsk.aw(__tsk.imp(${given.join(", ")}), ${place()})`;
  const pattern = `{ ${named.join(", ")} }`;
  if (namespace !== undefined)
    return `let ${namespace} = ${load};${named.length > 0 ? ` let ${pattern} = ${namespace};` : ""}`;
  return named.length > 0 ? `let ${pattern} = ${load};` : `${load};`;
}

function importedKey(specifier: Node): string {
  const imported = child(specifier, "imported");
  return imported.type === "Literal" ? JSON.stringify(imported.value) : nameOf(imported);
}
