/** Compiles what `user_expressions` asks for. */
import type { CompiledCell } from "../session/compiledCell.js";
import type { PreparedCell } from "./prepareCell.js";

export interface ExpressionContext {
  readonly own: ReadonlySet<string>;
  nextNumber(): number;
  prepare(source: string, number: number, own: ReadonlySet<string>): Promise<PreparedCell>;
}

/**
 * Never throws for a person's mistake: what cannot be compiled fails in the session with V8's own message.
 *
 * @param context `own`: globals that cells declared as names of their own; `nextNumber` gives each expression a number
 *   that no cell has; `prepare` compiles one.
 */
export async function compileExpressions(
  expressions: Readonly<Record<string, string>>,
  { own, nextNumber, prepare }: ExpressionContext,
): Promise<Record<string, CompiledCell>> {
  const cells: Record<string, CompiledCell> = {};
  for (const [name, source] of Object.entries(expressions)) {
    const { cell, refusal } = await prepare(source, nextNumber(), own);
    cells[name] = refusal ? { ...cell, code: source } : cell;
  }
  return cells;
}
