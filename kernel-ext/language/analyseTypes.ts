/** Reading types: names used as types, and the scopes of type parameters. */
import type { Handler, Handlers } from "./analysis.js";
import { bindPattern } from "./patterns.js";
import { Scope } from "./scope.js";
import { child, list, nameOf, optional } from "./syntaxTree.js";

/** Visits all children but a key that is not computed. */
export const keyed: Handler = (analysis, node, place) => {
  analysis.children(node, place, node.computed ? [] : ["key"]);
};

const name: Handler = (analysis, node, place) => {
  let root = node;
  while (root.type === "TSQualifiedName" || root.type === "MemberExpression") {
    root = child(root, root.type === "TSQualifiedName" ? "left" : "object");
  }
  if (root.type === "Identifier") analysis.refer(nameOf(root), place, "type");
  else analysis.visit(root, place);
};
const heritage: Handler = (analysis, node, place) => {
  name(analysis, child(node, "expression"), place);
  analysis.visit(optional(node, "typeArguments"), place);
};

export const types: Handlers = {
  TSTypeReference(analysis, node, place) {
    name(analysis, child(node, "typeName"), place);
    analysis.visit(optional(node, "typeArguments"), place);
  },
  TSClassImplements: heritage,
  TSInterfaceHeritage: heritage,
  TSTypeQuery(analysis, node, place) {
    let root = child(node, "exprName");
    while (root.type === "TSQualifiedName") root = child(root, "left");
    if (root.type === "Identifier") analysis.typeQuery(nameOf(root), place);
    else analysis.visit(root, place);
    analysis.visit(optional(node, "typeArguments"), place);
  },
  TSTypePredicate: (analysis, node, place) => analysis.children(node, place, ["parameterName"]),
  TSTypeParameter(analysis, node, place) {
    place.scope.declare(nameOf(child(node, "name")), "type");
    analysis.children(node, place, ["name"]);
  },
  TSMappedType(analysis, node, place) {
    const scope = new Scope(place.scope, false);
    scope.declare(nameOf(child(node, "key")), "type");
    analysis.children(node, { ...place, scope }, ["key"]);
  },
  TSIndexSignature(analysis, node, place) {
    const scope = new Scope(place.scope, false);
    for (const parameter of list(node, "parameters")) {
      bindPattern(analysis, parameter, { ...place, scope }, (declared) => scope.declare(declared, "value"));
    }
    analysis.visit(optional(node, "typeAnnotation"), { ...place, scope });
  },
  TSPropertySignature: keyed,
  TSNamedTupleMember: (analysis, node, place) => analysis.children(node, place, ["label"]),
  TSImportType(analysis, node, place) {
    const source = child(node, "source");
    if (typeof source.value === "string") analysis.module(source.value);
    analysis.visit(optional(node, "typeArguments"), place);
  },
};
