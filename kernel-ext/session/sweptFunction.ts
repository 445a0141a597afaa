/** Which parameters a function takes that `%sweep FUNCTION name=…` calls, read from its source. */

import { didYouMean } from "../../src/base/nearestName.js";
import { parseCell } from "../language/parseCell.js";
import { child, isFunction, list, type Node, nameOf, optional } from "../language/syntaxTree.js";
import { MagicError } from "../magics/magicError.js";

export interface SweptParameter {
  readonly name: string;
  /** Has a default, or a `?` in its type. */
  readonly optional: boolean;
}

/**
 * The names in `{ lr, units }`, the function's first parameter, or in its type. `sources` are cells as written, the
 * newest last. Undefined where the source does not tell: a rest, an index signature, a type from elsewhere.
 */
export function sweptParameters(
  name: string,
  sources: readonly string[],
  text: string,
): readonly SweptParameter[] | undefined {
  for (const source of [...sources].reverse()) {
    const program = parsed(source.replace(/^\s*[%!].*$/gm, ""));
    const found = program && functionNamed(program, name);
    if (program && found) return parametersOf(found, program);
  }
  const program = parsed(`(${text})`);
  const [statement] = program ? list(program, "body") : [];
  const value = statement && bare(optional(statement, "expression"));
  return program && value && isFunction(value) ? parametersOf(value, program) : undefined;
}

/** @throws MagicError when a name given is none of the function's, or one it requires is missing. */
export function checkSwept(
  name: string,
  parameters: readonly SweptParameter[],
  given: readonly string[],
): void {
  const names = parameters.map((parameter) => parameter.name);
  const takes = names.length === 0 ? "no parameters" : names.join(", ");
  const unknown = given.find((one) => !names.includes(one));
  if (unknown !== undefined)
    throw new MagicError(
      `%sweep calls ${name}, which takes ${takes}, but was given ${unknown}.${didYouMean(unknown, names)}`,
    );
  const missing = parameters.find((one) => !one.optional && !given.includes(one.name));
  if (missing)
    throw new MagicError(
      `%sweep calls ${name}, which requires ${missing.name}: add ${missing.name}=SPACE, such as ${missing.name}=float(0, 1)`,
    );
}

function parsed(source: string): Node | undefined {
  const { program, errors } = parseCell(source);
  return errors.length === 0 ? program : undefined;
}

function functionNamed(program: Node, name: string): Node | undefined {
  let found: Node | undefined;
  for (const statement of declarations(program)) {
    if (statement.type === "FunctionDeclaration" && nameOf(child(statement, "id")) === name)
      found = statement;
    if (statement.type !== "VariableDeclaration") continue;
    for (const declarator of list(statement, "declarations")) {
      const value = bare(optional(declarator, "init"));
      if (child(declarator, "id").name === name && value && isFunction(value)) found = value;
    }
  }
  return found;
}

/** Statements, with the declarations that `export` stands before. */
function declarations(program: Node): Node[] {
  return list(program, "body").map((statement) =>
    statement.type === "ExportNamedDeclaration"
      ? (optional(statement, "declaration") ?? statement)
      : statement,
  );
}

/** Without parentheses, `as` and `satisfies`. */
function bare(node: Node | undefined): Node | undefined {
  const wrapped = node && /^(?:ParenthesizedExpression|TS.*Expression)$/.test(node.type);
  return wrapped ? bare(optional(node, "expression")) : node;
}

function parametersOf(made: Node, program: Node): readonly SweptParameter[] | undefined {
  const [first] = list(made, "params");
  if (!first) return [];
  const pattern = first.type === "AssignmentPattern" ? child(first, "left") : first;
  const typed = typeMembers(
    optional(optional(pattern, "typeAnnotation") ?? pattern, "typeAnnotation"),
    program,
  );
  if (pattern.type !== "ObjectPattern") return typed;
  const names: SweptParameter[] = [];
  for (const property of list(pattern, "properties")) {
    if (property.type !== "Property" || property.computed === true) return undefined;
    const name = nameOf(child(property, "key"));
    const isOptional =
      child(property, "value").type === "AssignmentPattern" ||
      typed?.find((member) => member.name === name)?.optional === true;
    names.push({ name, optional: isOptional });
  }
  return names;
}

/** Of `{ lr: number; units?: number }`, or of an interface or alias of the same cell that is one. */
function typeMembers(type: Node | undefined, program: Node): readonly SweptParameter[] | undefined {
  if (type?.type === "TSTypeReference" && !optional(type, "typeArguments")) {
    const wanted = child(type, "typeName").name;
    const declared = declarations(program).find(
      (statement) =>
        /^TS(Interface|TypeAlias)Declaration$/.test(statement.type) && child(statement, "id").name === wanted,
    );
    if (declared?.type === "TSTypeAliasDeclaration")
      return typeMembers(child(declared, "typeAnnotation"), program);
    const whole = declared && list(declared, "extends").length === 0;
    return whole ? members(list(child(declared, "body"), "body")) : undefined;
  }
  return type?.type === "TSTypeLiteral" ? members(list(type, "members")) : undefined;
}

function members(nodes: readonly Node[]): readonly SweptParameter[] | undefined {
  const properties = nodes.filter(
    ({ type, computed }) => type === "TSPropertySignature" && computed !== true,
  );
  if (properties.length !== nodes.length) return undefined;
  return properties.map((node) => ({ name: nameOf(child(node, "key")), optional: node.optional === true }));
}
