/** Reading imports and exports. */
import type { Handlers } from "./analysis.js";
import { child, list, type Node, nameOf, optional } from "./syntaxTree.js";

export const modules: Handlers = {
  ImportDeclaration(analysis, node, place) {
    const specifiers = list(node, "specifiers");
    const source = String(child(node, "source").value);
    analysis.module(source, specifiers.length === 0);
    for (const specifier of specifiers) {
      const value = node.importKind !== "type" && specifier.importKind !== "type";
      analysis.declare(nameOf(child(specifier, "local")), "import", place.scope, {
        value,
        type: true,
        ambient: true,
      });
    }
  },
  TSImportEqualsDeclaration(analysis, node, place) {
    const reference = child(node, "moduleReference");
    const value = node.importKind !== "type";
    analysis.declare(nameOf(child(node, "id")), "import", place.scope, { value, type: true, ambient: true });
    if (reference.type === "TSExternalModuleReference")
      analysis.module(String(child(reference, "expression").value));
    else {
      let root = reference;
      while (root.type === "TSQualifiedName") root = child(root, "left");
      analysis.refer(nameOf(root), place);
    }
  },
  ExportNamedDeclaration(analysis, node, place) {
    const declaration = optional(node, "declaration");
    const source = optional(node, "source");
    if (source) analysis.module(String(source.value));
    if (declaration && analysis.isTop(place.scope))
      for (const name of exportedNames(declaration)) analysis.exportName(name);
    analysis.visit(declaration, place);
    if (source) return;
    for (const specifier of list(node, "specifiers")) {
      const local = nameOf(child(specifier, "local"));
      analysis.exportName(nameOf(child(specifier, "exported")));
      analysis.refer(
        local,
        place,
        node.exportKind === "type" || specifier.exportKind === "type" ? "type" : "value",
      );
    }
  },
  ExportAllDeclaration: (analysis, node) => analysis.module(String(child(node, "source").value)),
  ExportDefaultDeclaration(analysis, node, place) {
    analysis.exportName("default");
    analysis.visit(child(node, "declaration"), place);
  },
};

/** The names a declaration after `export` gives. */
function exportedNames(declaration: Node): string[] {
  if (declaration.type !== "VariableDeclaration") {
    let id = optional(declaration, "id");
    while (id?.type === "TSQualifiedName") id = child(id, "left");
    return id ? [nameOf(id)] : [];
  }
  return list(declaration, "declarations").flatMap((declarator) => boundNames(child(declarator, "id")));
}

/** The names a binding pattern binds. */
export function boundNames(pattern: Node): string[] {
  if (pattern.type === "Identifier") return [nameOf(pattern)];
  const parts = [...list(pattern, "properties"), ...list(pattern, "elements")];
  for (const key of ["value", "left", "argument"]) {
    const inner = optional(pattern, key);
    if (inner) parts.push(inner);
  }
  return parts.flatMap(boundNames);
}
