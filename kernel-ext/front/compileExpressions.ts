/** Compiles what `user_expressions` asks for. */
import type { CompiledCell } from "../session/compiledCell.js";
import { prepareCell } from "./prepareCell.js";

/**
 * Never throws for a person's mistake: what cannot be compiled fails in the session with V8's own message.
 *
 * @param context `own`: globals that cells declared as names of their own; `nextNumber` gives each expression a number
 *   that no cell has.
 */
export async function compileExpressions(
  expressions: Readonly<Record<string, string>>,
  { own, nextNumber }: { readonly own: ReadonlySet<string>; nextNumber(): number },
): Promise<Record<string, CompiledCell>> {
  const cells: Record<string, CompiledCell> = {};
  for (const [name, source] of Object.entries(expressions)) {
    const { cell, refusal } = await prepareCell(source, nextNumber(), { own });
    cells[name] = refusal ? { ...cell, code: source } : cell;
  }
  return cells;
}
