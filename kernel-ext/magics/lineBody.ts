/** Makes the TypeScript on a magic's line, such as `%timeit f(x)`, a function that gives a function that runs it. */
import { parseCell } from "../language/parseCell.js";
import { list, walk } from "../language/syntaxTree.js";

/** Throws a `SyntaxError` when the code cannot be read. */
export function lineBody(code: string): string {
  const { program, errors } = parseCell(code);
  if (errors[0]) throw new SyntaxError(`${JSON.stringify(code)} cannot be read: ${errors[0].message}`);
  const statements = list(program, "body");
  const isExpression = statements.length === 1 && statements[0]?.type === "ExpressionStatement";
  let awaits = false;
  walk(program, (node) => {
    if (node.type === "AwaitExpression" || (node.type === "ForOfStatement" && node.await === true))
      awaits = true;
    return !/^(Function|Arrow)/.test(node.type);
  });
  const head = awaits ? "() => async () =>" : "() => () =>";
  return isExpression ? `${head} (${code.replace(/;\s*$/, "")})` : `${head} { ${code} }`;
}
