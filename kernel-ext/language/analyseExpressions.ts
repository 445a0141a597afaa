/** Reading expressions and statements: uses, writes, mutations. */

import { field } from "./analyseDeclarations.js";
import { keyed } from "./analyseTypes.js";
import type { Analysis, Handlers, Place } from "./analysis.js";
import { assignPattern } from "./patterns.js";
import { Scope } from "./scope.js";
import { child, type Node, nameOf, rootOf } from "./syntaxTree.js";

/** Methods of the language's own collections that only read: calling them is no mutation. */
const READERS = new Set(
  (
    "at charAt charCodeAt codePointAt concat entries every filter find findIndex findLast findLastIndex flat flatMap " +
    "get has includes indexOf join keys lastIndexOf localeCompare map match matchAll padEnd padStart reduce " +
    "reduceRight repeat slice some split startsWith endsWith subarray substring toFixed toISOString toJSON " +
    "toLowerCase toPrecision toReversed toSorted toSpliced toString toUpperCase trim valueOf values with"
  ).split(" "),
);

export const expressions: Handlers = {
  Identifier(analysis, node, place) {
    analysis.note(node, place);
    analysis.refer(nameOf(node), place);
  },
  AssignmentExpression(analysis, node, place) {
    const left = child(node, "left");
    if (node.operator !== "=") analysis.visit(left, place);
    assignPattern(analysis, left, place);
    analysis.visit(child(node, "right"), place);
  },
  UpdateExpression(analysis, node, place) {
    analysis.visit(child(node, "argument"), place);
    assignPattern(analysis, child(node, "argument"), place);
  },
  UnaryExpression(analysis, node, place) {
    if (node.operator === "delete") analysis.mutate(child(node, "argument"), place);
    analysis.children(node, place);
  },
  ForInStatement: forHead,
  ForOfStatement: forHead,
  CallExpression: (analysis, node, place) => {
    noteCall(analysis, node, place, false);
    analysis.children(node, place);
  },
  ExpressionStatement(analysis, node, place) {
    let inner = child(node, "expression");
    while (
      inner.type === "AwaitExpression" ||
      inner.type === "ChainExpression" ||
      inner.type === "ParenthesizedExpression"
    ) {
      inner = child(inner, inner.type === "AwaitExpression" ? "argument" : "expression");
    }
    if (inner.type === "CallExpression") noteCall(analysis, inner, place, true);
    analysis.children(node, place);
  },
  MemberExpression: (analysis, node, place) =>
    analysis.children(node, place, node.computed ? [] : ["property"]),
  Property: keyed,
  MethodDefinition: keyed,
  TSAbstractMethodDefinition: keyed,
  PropertyDefinition: field,
  AccessorProperty: field,
  TSAbstractPropertyDefinition: field,
  LabeledStatement: (analysis, node, place) => analysis.children(node, place, ["label"]),
  BreakStatement: () => {},
  ContinueStatement: () => {},
  MetaProperty: () => {},
  JSXIdentifier: () => {},
  JSXOpeningElement(analysis, node, place) {
    for (const pragma of analysis.pragmas) analysis.refer(pragma, place);
    let name = child(node, "name");
    while (name.type === "JSXMemberExpression") name = child(name, "object");
    const isTag =
      name.type === "JSXIdentifier" && /^[a-z]/.test(nameOf(name)) && child(node, "name") === name;
    if (!isTag && name.type !== "JSXNamespacedName") analysis.refer(nameOf(name), place);
    analysis.children(node, place, ["name"]);
  },
  JSXClosingElement: () => {},
  ImportExpression(analysis, node, place) {
    const source = child(node, "source");
    if (source.type === "Literal" && typeof source.value === "string") analysis.module(source.value);
    analysis.children(node, place);
  },
};

/**
 * A method call may change what it is called on; one whose value is thrown away (`data.push(1)`) surely is for that.
 * The slice tells them apart: using `tf.tensor(…)` is no change of the library `tf`, `tf.setBackend("cpu")` is.
 */
function noteCall(analysis: Analysis, node: Node, place: Place, discarded: boolean): void {
  const callee = child(node, "callee");
  if (callee.type !== "MemberExpression") return;
  if (!callee.computed && READERS.has(nameOf(child(callee, "property")))) return;
  const root = rootOf(callee);
  if (root) analysis.call(nameOf(root), place, discarded);
}

function forHead(analysis: Analysis, node: Node, place: Place): void {
  const inside = { ...place, scope: new Scope(place.scope, false) };
  const left = child(node, "left");
  if (left.type === "VariableDeclaration") analysis.visit(left, inside);
  else assignPattern(analysis, left, inside);
  analysis.children(node, inside, ["left"]);
}
