/** `user_expressions`: what a client wants to know beside a cell's own result. */
import { requireShowable } from "./bounds.js";
import type { CompiledCell } from "./compiledCell.js";
import type { ShownValue } from "./ownBundle.js";
import { entries, parse, stringify } from "./primordials.js";
import type { ErrorReport, ExpressionResult, MimeData } from "./protocol.js";
import { showableBundle } from "./showableBundle.js";

export interface Expressions {
  /** Evaluates one, and waits for what it shows. */
  bundle(expression: CompiledCell): Promise<ShownValue>;
  report(error: unknown): ErrorReport;
}

/**
 * Each one's value, or its error, by name. What one gives that no client can take, be it only beside the others, is that
 * one's error: the cell's answer would fail with it.
 */
export async function userExpressions(
  cells: Readonly<Record<string, CompiledCell>>,
  { bundle, report }: Expressions,
): Promise<Record<string, ExpressionResult>> {
  const results: Record<string, ExpressionResult> = {};
  let units = 0;
  const asked = entries(cells);
  for (let at = 0; at < asked.length; at++) {
    const { 0: name, 1: cell } = asked[at] as [string, CompiledCell];
    try {
      const shown = await bundle(cell);
      const metadata = stringify(shown.metadata);
      const data = showableBundle(shown.data);
      const own = metadata.length + stringify(data).length;
      requireShowable(units + own);
      units += own;
      results[name] = { status: "ok", data, metadata: parse(metadata) as MimeData };
    } catch (error) {
      results[name] = { status: "error", ...report(error) };
    }
  }
  return results;
}
