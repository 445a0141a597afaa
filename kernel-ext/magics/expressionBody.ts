/** Puts the body of an expression magic, such as `%%sweep`, into a place that gives it its type. */
import { parseCell } from "../language/parseCell.js";
import { list } from "../language/syntaxTree.js";
import { MagicError } from "./magicError.js";

/**
 * `(` stands where the magic's line was, so the body's lines keep their places; `satisfies` types its parameters.
 * A body that cannot be read is left to the compiler to complain about.
 * Throws a `MagicError` when the body is not one expression or one function.
 */
export function expressionBody(name: string, body: string, type: string): string {
  const parsed = parseCell(body);
  const statements = list(parsed.program, "body").filter((statement) => statement.type !== "EmptyStatement");
  const [only] = statements;
  if (parsed.errors.length > 0) return `\n${body}`;
  const right =
    only && statements.length === 1 && /^(ExpressionStatement|FunctionDeclaration)$/.test(only.type);
  if (!right) {
    throw new MagicError(
      `%%${name} requires one expression of type ${type} below its line, but was given ${describe(statements.length)}`,
    );
  }
  const inner = only.type === "ExpressionStatement" ? (only.expression as { end: number }).end : only.end;
  const after = body.slice(inner).replace(/;/, " ");
  return `(\n${body.slice(0, inner)}${after}\n) satisfies ${type};`;
}

function describe(statements: number): string {
  if (statements === 0) return "nothing";
  return statements === 1 ? "a statement" : `${statements} statements`;
}
