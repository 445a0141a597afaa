/** Which parameter the objective of a module cannot do without and is not given, read from the module's source with its types. */
import { parseSync } from "oxc-parser";
import { Trial } from "../trial.js";
import { type Node, namedMembers, withoutDefault } from "./parameterPattern.js";

/** `optional`: has a default, a `?` in its type, or a type with undefined. `untold`: has no type that says. */
type Need = "required" | "optional" | "untold";

interface Parameter {
  readonly name: string;
  readonly need: Need;
}

export interface MissingParameter {
  readonly name: string;
  /** By its type it cannot be undefined. Else the objective may see to that in its body. */
  readonly isCertain: boolean;
}

/**
 * The first parameter that the objective requires and is not given: of the names in `{ lr, units }`, its first parameter, or
 * in its type, those without a default, a `?` or undefined in their type; one that its type requires before one without a
 * type. Undefined where one given is none of them, which another sentence tells; where the source does not tell: a rest, an
 * index signature, a type from elsewhere, an objective that is imported; or where the objective takes a trial.
 *
 * @param file the module's path: its ending says whether it has types.
 */
export function missingParameter(
  file: string,
  source: string,
  given: readonly string[],
): MissingParameter | undefined {
  const { program, errors } = parseSync(file, source, { preserveParens: false });
  if (errors.length > 0) return undefined;
  const statements = program.body as unknown as Node[];
  const [first, second] = (objectiveIn(statements)?.params ?? []) as Node[];
  const parameters = (first && parametersOf(first, statements)) ?? [];
  const names = parameters.map(({ name }) => name);
  if (!second && names.every((name) => name in Trial.prototype)) return undefined;
  if (given.some((name) => !names.includes(name))) return undefined;
  const missing = parameters.filter(({ name, need }) => need !== "optional" && !given.includes(name));
  const [found] = [...missing.filter(({ need }) => need === "required"), ...missing];
  return found && { name: found.name, isCertain: found.need === "required" };
}

/** The function that is exported as default, else as `objective`. */
function objectiveIn(statements: readonly Node[]): Node | undefined {
  const exported = statements.find(({ type }) => type === "ExportDefaultDeclaration");
  if (exported) return functionOf(exported.declaration as Node, statements);
  return functionOf({ type: "Identifier", name: "objective" }, statements);
}

function functionOf(node: Node, statements: readonly Node[]): Node | undefined {
  if (/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)) return node;
  if (/^TS\w+Expression$/.test(node.type)) return functionOf(node.expression as Node, statements);
  if (node.type !== "Identifier") return undefined;
  for (const statement of declarations(statements)) {
    if (statement.type === "FunctionDeclaration" && (statement.id as Node).name === node.name)
      return statement;
    for (const { id, init } of (statement.declarations ?? []) as { id: Node; init: Node | null }[])
      if (id.name === node.name && init && init.type !== "Identifier") return functionOf(init, statements);
  }
  return undefined;
}

/** Statements, with the declarations that `export` stands before. */
function declarations(statements: readonly Node[]): Node[] {
  return statements.map((statement) =>
    statement.type === "ExportNamedDeclaration" && statement.declaration
      ? (statement.declaration as Node)
      : statement,
  );
}

function parametersOf(first: Node, statements: readonly Node[]): readonly Parameter[] | undefined {
  const pattern = withoutDefault(first);
  const annotation = (pattern.typeAnnotation as Node | null)?.typeAnnotation as Node | undefined;
  const typed = annotation && typeMembers(annotation, statements);
  if (pattern.type !== "ObjectPattern") return typed;
  // A type from elsewhere may leave any of them out.
  if (annotation && !typed) return undefined;
  return namedMembers(pattern.properties as Node[], "Property")?.map(({ name, value }) => {
    if ((value as Node).type === "AssignmentPattern") return { name, need: "optional" };
    return { name, need: typed?.find((member) => member.name === name)?.need ?? "untold" };
  });
}

/** Of `{ lr: number; units?: number }`, or of an interface or alias of the same module that is one. */
function typeMembers(type: Node, statements: readonly Node[]): readonly Parameter[] | undefined {
  if (type.type === "TSTypeLiteral") return members(type.members as Node[]);
  if (type.type !== "TSTypeReference" || type.typeArguments) return undefined;
  const wanted = (type.typeName as Node).name;
  const declared = declarations(statements).find(
    (one) => /^TS(Interface|TypeAlias)Declaration$/.test(one.type) && (one.id as Node).name === wanted,
  );
  if (declared?.type === "TSTypeAliasDeclaration") {
    const alias = declared.typeAnnotation as Node;
    return alias.type === "TSTypeLiteral" ? members(alias.members as Node[]) : undefined;
  }
  if (!declared || (declared.extends as Node[]).length > 0) return undefined;
  return members((declared.body as Node).body as Node[]);
}

function members(nodes: readonly Node[]): readonly Parameter[] | undefined {
  return namedMembers(nodes, "TSPropertySignature")?.map(({ name, optional, typeAnnotation }) => ({
    name,
    need: optional === true ? "optional" : needOf((typeAnnotation as Node | null)?.typeAnnotation as Node),
  }));
}

/** Types that hold no undefined; of any other one only its declaration tells. */
const definite =
  /^TS(Number|String|Boolean|BigInt|Object|Symbol|Null)Keyword$|^TS(Literal|TemplateLiteral|Array|Tuple|Function)Type$|^TSTypeLiteral$/;

function needOf(type: Node | undefined): Need {
  if (type?.type === "TSUndefinedKeyword") return "optional";
  if (type?.type !== "TSUnionType") return type && definite.test(type.type) ? "required" : "untold";
  const needs = (type.types as Node[]).map(needOf);
  return needs.find((need) => need === "optional") ?? needs.find((need) => need === "untold") ?? "required";
}
