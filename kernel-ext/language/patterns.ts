/** Reading patterns: what a binding declares, and what an assignment writes. */
import { child, list, type Node, nameOf, optional } from "./syntaxTree.js";

/** What reading a pattern asks of the analysis. `P` says where something stands. */
export interface PatternVisitor<P> {
  visit(node: Node | undefined, place: P): void;
  /** Notes an identifier that binds or names a value. */
  note(node: Node, place: P): void;
}

/** What reading an assignment's target asks besides. */
export interface TargetVisitor<P> extends PatternVisitor<P> {
  refer(name: string, place: P, space: "value", action: "write"): void;
  mutate(node: Node, place: P): void;
}

/** A binding pattern: names are declared; defaults, computed keys, decorators and types are visited. */
export function bindPattern<P>(
  analysis: PatternVisitor<P>,
  node: Node,
  place: P,
  declare: (name: string) => void,
): void {
  if (node.type === "Identifier") {
    declare(nameOf(node));
    analysis.note(node, place);
  } else {
    for (const part of patternParts(analysis, node, place)) bindPattern(analysis, part, place, declare);
  }
  for (const decorator of list(node, "decorators")) analysis.visit(decorator, place);
  analysis.visit(optional(node, "typeAnnotation"), place);
}

/** The target of an assignment: names are written, the roots of members are changed. */
export function assignPattern<P>(analysis: TargetVisitor<P>, node: Node, place: P): void {
  if (node.type === "Identifier") {
    analysis.note(node, place);
    analysis.refer(nameOf(node), place, "value", "write");
  } else if (node.type === "MemberExpression") {
    analysis.mutate(node, place);
    analysis.visit(node, place);
  } else {
    const inner = optional(node, "expression");
    const parts = inner ? [inner] : patternParts(analysis, node, place);
    for (const part of parts) assignPattern(analysis, part, place);
  }
}

/** The patterns inside a pattern. Visits the expressions it holds: defaults and computed keys. */
function patternParts<P>(analysis: PatternVisitor<P>, node: Node, place: P): Node[] {
  switch (node.type) {
    case "ObjectPattern":
      return list(node, "properties");
    case "ArrayPattern":
      return list(node, "elements");
    case "Property":
      if (node.computed) analysis.visit(child(node, "key"), place);
      return [child(node, "value")];
    case "AssignmentPattern":
      analysis.visit(child(node, "right"), place);
      return [child(node, "left")];
    case "RestElement":
      return [child(node, "argument")];
    case "TSParameterProperty":
      return [child(node, "parameter")];
    default:
      throw new TypeError(
        `a pattern requires a name, an object, an array or a default, but is a ${node.type}`,
      );
  }
}
