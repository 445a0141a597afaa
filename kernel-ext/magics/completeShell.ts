/** Completion on a `!command` line: files and folders, as a shell's. */
import { type MagicCompletion, suggestPaths } from "./completeMagic.js";
import type { MagicRegistry } from "./registry.js";
import { splitMagics } from "./split.js";

/** True when the line of `offset` is a command for the shell. */
export function isShellLine(source: string, offset: number, registry: MagicRegistry): boolean {
  const lineStart = source.lastIndexOf("\n", offset - 1) + 1;
  if (!/^\s*!/.test(source.slice(lineStart, offset))) return false;
  const line = source.slice(0, lineStart).split("\n").length - 1;
  const given = splitMagics(source, registry).source.split("\n")[line] ?? "";
  return given.trimStart().startsWith("await __tunelab.shell(");
}

/** `undefined` when the cursor is on no such line. */
export async function completeShell(
  source: string,
  offset: number,
  { registry, folder }: { readonly registry: MagicRegistry; readonly folder: string },
): Promise<MagicCompletion | undefined> {
  if (!isShellLine(source, offset, registry)) return undefined;
  const before = source.slice(source.lastIndexOf("\n", offset - 1) + 1, offset).replace(/^\s*!\s*/, "");
  const typed = /(?:[^\s"'`|;&<>()=$\\]|\\.)*$/.exec(before)?.[0] ?? "";
  const start = offset - typed.length;
  // The first word of a command is a program.
  const isProgram = /(?:^|[|;&(])\s*$/.test(before.slice(0, before.length - typed.length));
  if (isProgram && !typed.includes("/")) return { start, entries: [] };
  const paths = await suggestPaths(typed.replace(/\\(.)/g, "$1"), { folder, names: [] });
  const entries = paths.map((path) => ({ text: path.replace(/[\s"'`|;&<>()$\\]/g, "\\$&"), type: "path" }));
  return { start, entries };
}
