/** Makes the TypeScript on a magic's line, such as `%timeit f(x)`, a function that gives a function that runs it. */
import { parseCell } from "../language/parseCell.js";
import { list, type Node, walk } from "../language/syntaxTree.js";

/** Throws a `SyntaxError` when the code cannot be read. */
export function lineBody(code: string): string {
  const { program, errors } = parseCell(code);
  if (errors[0]) throw new SyntaxError(`${JSON.stringify(code)} cannot be read: ${errors[0].message}`);
  const statements = list(program, "body");
  const [first] = statements;
  const expression =
    statements.length === 1 && first?.type === "ExpressionStatement" ? (first.expression as Node) : undefined;
  const head = awaits(program) ? "() => async () =>" : "() => () =>";
  // A remark behind the code would take the closing bracket with it.
  const kept = code.slice(0, (expression ?? statements.at(-1))?.end ?? 0);
  return expression ? `${head} (${kept})` : `${head} { ${kept} }`;
}

/**
 * The lines below a `%%name` as one function, which starts where the magic's line was: the lines keep their places.
 * A body that cannot be read is left to the compiler to complain about.
 * Throws a `SyntaxError` for what can stand in no function.
 */
export function functionBody(name: string, body: string): string {
  const { program, errors } = parseCell(body);
  if (errors.length > 0) return `\n${body}`;
  if (list(program, "body").some(({ type }) => /^(Import|Export)/.test(type)))
    throw new SyntaxError(`%%${name} requires lines that can run again: import in a cell before it`);
  return `(${awaits(program) ? "async () =>" : "() =>"} {\n${body}\n});`;
}

/** Whether it awaits outside its functions. */
function awaits(program: Node): boolean {
  let found = false;
  walk(program, (node) => {
    if (node.type === "AwaitExpression" || (node.type === "ForOfStatement" && node.await === true))
      found = true;
    return !/^(Function|Arrow)/.test(node.type);
  });
  return found;
}
