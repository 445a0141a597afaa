/** Whether a cell could run as it stands: what a console asks before it sends a line. */
import type { MagicRegistry } from "../magics/registry.js";
import { openBracketsOf } from "../magics/scanLines.js";
import { splitMagics } from "../magics/split.js";
import { parseCell } from "./parseCell.js";

export interface Completeness {
  readonly status: "complete" | "incomplete" | "invalid";
  /** For `incomplete`: the spaces the next line should begin with. */
  readonly indent?: string;
}

export function isComplete(source: string, magics: MagicRegistry): Completeness {
  const split = splitMagics(source, magics);
  if (split.errors.length > 0) return { status: "invalid" };
  // The body of a %%magic ends with an empty line.
  if (split.cellMagic)
    return /\n\s*\n?$/.test(source) ? { status: "complete" } : { status: "incomplete", indent: "" };
  if (/\\\s*$/.test(source)) return { status: "incomplete", indent: "" };
  const { errors } = parseCell(split.source);
  if (errors.length === 0) return { status: "complete" };
  const open = openBracketsOf(split.source);
  const last = split.source.trimEnd().split("\n");
  const atEnd =
    (errors[0]?.line ?? 0) >= last.length && (errors[0]?.column ?? 0) > (last.at(-1)?.length ?? 0);
  if (!open.unclosed && !atEnd) return { status: "invalid" };
  return { status: "incomplete", indent: " ".repeat(2 * open.depth) };
}
