/** What the files of a folder say of its run. */
import { fileSession } from "./fileSession.js";
import type { LogSession } from "./logSession.js";

/** Began as the first file that says it; later ones add to the configuration, and say how it ended. */
export function runSession(files: readonly string[]): LogSession {
  const session: LogSession = { config: {} };
  for (const { began, config, end } of files.map(fileSession)) {
    if (began !== undefined) session.began ??= began;
    Object.assign(session.config, config);
    if (end !== undefined) session.end = end;
  }
  return session;
}
