/** What changed between two texts as `patch -p1` and `git apply` take it. */
import { type DiffLine, lineDiff } from "./lineDiff.js";

/** Unchanged lines around each change, as diff has them. */
const context = 3;

/** Marks a last line without a line break, which is another line than the same with one. */
const unended = "\u0000";

/**
 * Empty where nothing changed.
 *
 * @param path of the file below the folder that the patch is applied in, with slashes.
 * @param before not empty, and neither text with a NUL.
 * Source: the unified format of GNU diffutils, "Detailed Description of Unified Format".
 */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return "";
  const lines = lineDiff(marked(before), marked(after));
  return `--- a/${path}\n+++ b/${path}\n${hunksOf(lines).join("")}`;
}

/** Without the empty line behind a last line break. */
function marked(text: string): string {
  return text.endsWith("\n") ? text.slice(0, -1) : `${text}${unended}`;
}

/** Stretches of changes with their context; those that touch are one. */
function hunksOf(lines: readonly DiffLine[]): string[] {
  const stretches: { readonly from: number; to: number }[] = [];
  for (const [i, { kind }] of lines.entries()) {
    if (kind === "same") continue;
    const [from, to] = [Math.max(0, i - context), Math.min(lines.length, i + context + 1)];
    const last = stretches.at(-1);
    if (last && from <= last.to) last.to = to;
    else stretches.push({ from, to });
  }
  return stretches.map(({ from, to }) => hunkText(lines.slice(0, from), lines.slice(from, to)));
}

const signs = { same: " ", removed: "-", added: "+" } as const;

function hunkText(before: readonly DiffLine[], lines: readonly DiffLine[]): string {
  const count = (part: readonly DiffLine[], absent: DiffLine["kind"]) =>
    part.filter(({ kind }) => kind !== absent).length;
  const range = (absent: DiffLine["kind"]) => `${count(before, absent) + 1},${count(lines, absent)}`;
  return `@@ -${range("added")} +${range("removed")} @@\n${lines.map(lineText).join("")}`;
}

function lineText({ kind, text }: DiffLine): string {
  if (!text.endsWith(unended)) return `${signs[kind]}${text}\n`;
  return `${signs[kind]}${text.slice(0, -unended.length)}\n\\ No newline at end of file\n`;
}
