/** Where the program lies whose code a run keeps: there a patch of that code is one of the program itself. */
import { existsSync } from "node:fs";
import { resolve, sep } from "node:path";
import type { RunRecord } from "../../track/index.js";

/** Undefined of cells, and of a program that is there no more. */
export function programFolder({
  command,
  workingDirectory,
  code,
}: Pick<RunRecord, "command" | "workingDirectory" | "code">): string | undefined {
  const [, script] = command;
  const main = code.at(-1);
  if (script === undefined || main === undefined) return undefined;
  const path = resolve(workingDirectory, script);
  const end = `${sep}${main.split("/").join(sep)}`;
  return path.endsWith(end) && existsSync(path) ? path.slice(0, -end.length) || sep : undefined;
}

/** The line that patches the program, for a shell; undefined where there is none, or no line can say it. */
export function programPatch(record: Parameters<typeof programFolder>[0], file: string): string | undefined {
  const folder = programFolder(record);
  if (folder === undefined || /\p{Cc}/u.test(folder + file)) return undefined;
  return `cd ${quoted(folder)} && patch -p2 < ${quoted(file)}`;
}

function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
