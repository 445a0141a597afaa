/** Finds the magic on whose line the cursor is. */
import type { MagicDefinition, MagicRegistry } from "./registry.js";
import { type LineStart, scanLines } from "./scanLines.js";

export interface MagicLine {
  readonly kind: "line" | "cell";
  /** What follows the percent signs, as far as it was typed: maybe no magic's name. */
  readonly name: string;
  readonly definition: MagicDefinition | undefined;
  /** UTF-16 offset of the percent sign. */
  readonly start: number;
  /** UTF-16 offset where the arguments begin; -1 while the name is not followed by a space. */
  readonly argumentsStart: number;
}

/** `undefined` when the line of `offset` is no magic's. */
export function magicLineAt(source: string, offset: number, registry: MagicRegistry): MagicLine | undefined {
  const lineStart = source.lastIndexOf("\n", offset - 1) + 1;
  const nextBreak = source.indexOf("\n", offset);
  const line = source.slice(lineStart, nextBreak < 0 ? source.length : nextBreak);
  const [, indent = "", signs = "", name = "", space = ""] = /^(\s*)(%%?)([\w-]*)(\s*)/.exec(line) ?? [];
  if (signs === "") return undefined;
  const start = lineStart + indent.length;
  if (offset < start + signs.length) return undefined;
  const isFirst = indent === "" && !/^\s*[^\s/]/m.test(source.slice(0, lineStart));
  if (signs === "%%" ? !isFirst : !canBegin(source, start)) return undefined;
  const kind = signs === "%" ? "line" : "cell";
  const nameEnd = start + signs.length + name.length;
  const found = registry.get(name);
  const fits = found && (found.kind === kind || found.kind === "both");
  return {
    kind,
    name,
    definition: fits ? found : undefined,
    start,
    argumentsStart: space === "" ? -1 : nameEnd + space.length,
  };
}

/** True where a statement may begin: not inside a string, a template or an expression. */
function canBegin(source: string, offset: number): boolean {
  let found = false;
  scanLines(source, (start: LineStart) => {
    if (start.offset === offset) found = start.after !== "operator";
    // A magic's arguments are no TypeScript: the scan goes on below its line.
    if (start.after === "operator" || !/^[%!]/.test(source.slice(start.offset))) return undefined;
    const end = source.indexOf("\n", start.offset);
    return end < 0 ? source.length : end;
  });
  return found;
}
