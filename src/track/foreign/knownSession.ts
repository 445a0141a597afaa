/** What the files of a folder say of its run, read again only when they change. */
import { statSync } from "node:fs";
import { type LogSession, logSession } from "./logSession.js";

interface Known {
  readonly version: string;
  readonly session: LogSession;
}

/** By the first file's path, which no other run has. */
const known = new Map<string, Known>();
const mostKnown = 10_000;

/** As `logSession`. */
export function knownSession(files: readonly string[]): LogSession {
  const [first = ""] = files;
  const version = files
    .map((file) => {
      const stat = statSync(file, { throwIfNoEntry: false });
      return stat ? `${file} ${stat.ino} ${stat.size} ${stat.mtimeMs}` : "gone";
    })
    .join("\n");
  const before = known.get(first);
  if (before?.version === version) return before.session;
  const session = logSession(files);
  if (known.size >= mostKnown) known.clear();
  known.set(first, { version, session });
  return session;
}
