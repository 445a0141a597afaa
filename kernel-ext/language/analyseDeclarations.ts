/** Reading declarations: variables, functions, classes, enums, namespaces, interfaces and type aliases. */
import type { Analysis, Handler, Handlers, Place } from "./analysis.js";
import type { DeclarationKind } from "./cellFacts.js";
import { bindPattern } from "./patterns.js";
import { Scope } from "./scope.js";
import { child, list, type Node, nameOf, optional } from "./syntaxTree.js";

const typed: Handler = (analysis, node, place) => {
  const scope = new Scope(place.scope, false);
  analysis.children(node, { ...place, scope }, ["id"]);
};

export const declarations: Handlers = {
  VariableDeclaration(analysis, node, place) {
    const kind = String(node.kind);
    const scope = kind === "var" ? place.scope.functionScope : place.scope;
    const ambient = node.declare === true;
    for (const declarator of list(node, "declarations")) {
      const names: string[] = [];
      const declare = (name: string) => {
        names.push(name);
        const shown = kind.endsWith("using") ? "using" : (kind as DeclarationKind);
        analysis.declare(name, shown, scope, { value: !ambient, type: false, ambient });
      };
      const owners = analysis.isTop(place.scope) ? names : place.owners;
      bindPattern(analysis, child(declarator, "id"), { ...place, owners }, declare);
      analysis.visit(optional(declarator, "init"), { ...place, owners });
    }
  },
  FunctionDeclaration(analysis, node, place) {
    const id = optional(node, "id");
    if (id)
      analysis.declare(nameOf(id), "function", place.scope, {
        value: node.declare !== true,
        type: false,
        ambient: true,
      });
    analysis.function(node, ownedBy(analysis, node, place));
  },
  TSDeclareFunction(analysis, node, place) {
    const id = optional(node, "id");
    if (id)
      analysis.declare(nameOf(id), "function", place.scope, { value: false, type: false, ambient: true });
    analysis.function(node, place);
  },
  ClassDeclaration(analysis, node, place) {
    const id = optional(node, "id");
    const value = node.declare !== true;
    if (id) analysis.declare(nameOf(id), "class", place.scope, { value, type: true, ambient: true });
    classBody(analysis, node, ownedBy(analysis, node, place));
  },
  ClassExpression: classBody,
  TSEnumDeclaration(analysis, node, place) {
    const value = node.declare !== true;
    analysis.declare(nameOf(child(node, "id")), "enum", place.scope, { value, type: true, ambient: true });
    const scope = new Scope(place.scope, false);
    for (const member of list(child(node, "body"), "members")) {
      scope.declare(nameOf(child(member, "id")), "value", "type");
      analysis.visit(optional(member, "initializer"), { ...place, scope });
    }
  },
  TSInterfaceDeclaration(analysis, node, place) {
    analysis.declare(nameOf(child(node, "id")), "interface", place.scope, { value: false, type: true });
    typed(analysis, node, place);
  },
  TSTypeAliasDeclaration(analysis, node, place) {
    analysis.declare(nameOf(child(node, "id")), "type", place.scope, { value: false, type: true });
    typed(analysis, node, place);
  },
  TSModuleDeclaration(analysis, node, place) {
    let id = child(node, "id");
    while (id.type === "TSQualifiedName") id = child(id, "left");
    if (id.type !== "Identifier" || node.global === true) analysis.augments = true;
    else {
      const value = node.declare !== true && hasValues(node);
      analysis.declare(nameOf(id), "namespace", place.scope, {
        value,
        type: true,
        ambient: value || node.declare === true,
      });
    }
    analysis.visit(optional(node, "body"), { ...place, scope: new Scope(place.scope, true) });
  },
  CatchClause(analysis, node, place) {
    const scope = new Scope(place.scope, false);
    const parameter = optional(node, "param");
    if (parameter)
      bindPattern(analysis, parameter, { ...place, scope }, (name) => scope.declare(name, "value"));
    analysis.visit(optional(node, "body"), { ...place, scope });
  },
  StaticBlock(analysis, node, place) {
    analysis.children(node, { ...place, scope: new Scope(place.scope, true) });
  },
};

/** What stands inside a top-level function or class belongs to its name. */
function ownedBy(analysis: Analysis, node: Node, place: Place): Place {
  const id = optional(node, "id");
  return id && analysis.isTop(place.scope) ? { ...place, owners: [nameOf(id)] } : place;
}

/** A namespace exists at run time when something in it does. */
function hasValues(node: Node): boolean {
  const body = optional(node, "body");
  if (!body) return false;
  if (body.type === "TSModuleDeclaration") return hasValues(body);
  return list(body, "body").some((statement) => {
    const inner = optional(statement, "declaration") ?? statement;
    if (inner.type === "TSModuleDeclaration") return hasValues(inner);
    return (
      !["TSInterfaceDeclaration", "TSTypeAliasDeclaration"].includes(inner.type) && inner.declare !== true
    );
  });
}

function classBody(analysis: Analysis, node: Node, place: Place): void {
  const scope = new Scope(place.scope, false);
  const id = optional(node, "id");
  if (id) scope.declare(nameOf(id), "value", "type");
  const inside = { ...place, scope };
  analysis.children(node, inside, ["id"]);
}

export function field(analysis: Analysis, node: Node, place: Place): void {
  for (const decorator of list(node, "decorators")) analysis.visit(decorator, place);
  if (node.computed) analysis.visit(optional(node, "key"), place);
  analysis.visit(optional(node, "typeAnnotation"), place);
  analysis.visit(optional(node, "value"), node.static ? place : { ...place, later: true });
}
