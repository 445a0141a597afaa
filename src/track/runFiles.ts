/** The event files of a run, in the order in which they are read. */
import { basename, relative } from "node:path";
import { eventFiles } from "./eventFiles.js";
import { logFiles } from "./foreign/logFiles.js";
import { foldersOf, partOfFile } from "./runParts.js";
import type { RunRecord } from "./runRecord.js";

/**
 * Of another program's run those in its folder and in its parts': further folders hold runs of their own. Where a run has
 * parts, files stand in the order in which they were begun: an imported one may go on in the series of a part.
 *
 * @param closed as of `eventFiles`
 */
export function runFiles(
  dir: string,
  { foreign, parts = [] }: RunRecord,
  closed?: (folder: string, error: Error) => void,
): string[] {
  const files = foreign ? foldersOf(dir, parts).flatMap(logFiles) : eventFiles(dir, closed);
  if (parts.length === 0) return files;
  const place = (file: string) => {
    const part = partOfFile(parts, relative(dir, file));
    return part ? parts.indexOf(part) : -1;
  };
  return files.sort((a, b) => begun(a) - begun(b) || place(a) - place(b));
}

/** In seconds since 1970, as the name of such a file says; 0 where it does not. */
function begun(file: string): number {
  return Number(/tfevents\.(\d{10})\./.exec(basename(file))?.[1] ?? 0);
}
