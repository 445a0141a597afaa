/** The TypeScript on a magic's line, such as `%timeit f(x)`, put between what calls the magic. */
import { parseCell } from "../language/parseCell.js";
import { list, type Node, walk } from "../language/syntaxTree.js";
import { MagicError } from "./magicError.js";

/**
 * How often a magic runs the TypeScript on its line:
 * - `once`: what it declares is the notebook's, as in a line without the magic.
 * - `repeated`: as a function; what it declares is that run's own.
 */
export type LineBodyKind = "once" | "repeated";

/**
 * Text of ours, or a stretch of the code as it was written, from and up to an offset in it. With `check`, that text of
 * ours stands for the stretch: it only holds a parameter's type against its function's.
 */
export type Piece =
  | string
  | {
      readonly from: number;
      readonly to: number;
      readonly check?: { readonly name: string; readonly text: string };
    };

/**
 * `call` are the arguments of the magic's call, as TypeScript.
 *
 * One expression that runs once is handed over as a function, what runs repeatedly as a function that gives one. Other
 * statements stand between the magic's begin and its end, which takes the last expression.
 *
 * Throws a `MagicError` when the code cannot be read.
 */
export function lineBody(code: string, kind: LineBodyKind, call: string): readonly Piece[] {
  const { program, errors } = parseCell(code);
  if (errors[0]) throw new MagicError(`${JSON.stringify(code)} cannot be read: ${errors[0].message}`);
  const statements = list(program, "body").filter(({ type }) => type !== "EmptyStatement");
  const last = statements.at(-1);
  const result = last?.type === "ExpressionStatement" ? (last.expression as Node) : undefined;
  // A remark behind the code would take what follows with it.
  const end = (result ?? last)?.end ?? 0;
  const isExpression = result !== undefined && statements.length === 1;
  if (kind === "once" && last && !isExpression) {
    const begin = `await __tunelab.begin(${call}); `;
    if (!result) return [begin, { from: 0, to: end }, "; await __tunelab.end();"];
    return [begin, { from: 0, to: last.start }, "await __tunelab.end(", { from: last.start, to: end }, ");"];
  }
  const run = `${kind === "repeated" ? "() => " : ""}${awaits(program) ? "async () =>" : "() =>"}`;
  const head = `await __tunelab.magic(${call}, ${run}`;
  return isExpression
    ? [`${head} (`, { from: 0, to: end }, "));"]
    : [`${head} { `, { from: 0, to: end }, " });"];
}

/**
 * The lines below a `%%name` as one function, which starts where the magic's line was: the lines keep their places.
 * A body that cannot be read is left to the compiler to complain about.
 * Throws a `MagicError` for what can stand in no function.
 */
export function functionBody(name: string, body: string): string {
  const { program, errors } = parseCell(body);
  if (errors.length > 0) return `\n${body}`;
  if (list(program, "body").some(({ type }) => /^(Import|Export)/.test(type)))
    throw new MagicError(`%%${name} requires lines that can run again: import in a cell before it`);
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
