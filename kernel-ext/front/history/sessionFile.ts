/** The file that one kernel writes its session's history to. */
import { appendFileSync, openSync } from "node:fs";
import { join } from "node:path";
import { sessionFileName, sessionNumbers } from "./earlierSessions.js";
import { formatLine, type HistoryLine } from "./historyLines.js";

/** Most a session's file may hold, in bytes. */
const mostBytes = 16 * 1024 * 1024;
/** Longest line, in bytes: a larger cell is remembered by its kernel only. */
const longestLine = 1024 * 1024;

/**
 * Invariants: a number is one kernel's alone, since its file is created exclusively; each line is one append, so that
 * a reader sees whole lines.
 */
export class SessionFile {
  private bytes = 0;
  private full = false;

  private constructor(
    readonly session: number,
    private readonly descriptor: number,
    private readonly log: (text: string) => void,
  ) {}

  /** Takes the number after the highest there is. */
  static claim(folder: string, log: (text: string) => void): SessionFile {
    for (let session = (sessionNumbers(folder).at(-1) ?? 0) + 1; ; session++) {
      try {
        return new SessionFile(session, openSync(join(folder, sessionFileName(session)), "ax", 0o600), log);
      } catch (error) {
        // Another kernel took it meanwhile.
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
    }
  }

  /** Returns when the line is the operating system's. Never throws: history must not fail a cell. */
  append(line: HistoryLine): void {
    const text = formatLine(line);
    const bytes = Buffer.byteLength(text);
    if (this.full || bytes > longestLine) return;
    if (this.bytes + bytes > mostBytes) this.stop(`it has ${mostBytes / 1024 / 1024} MB`);
    else {
      try {
        appendFileSync(this.descriptor, text);
        this.bytes += bytes;
      } catch (error) {
        this.stop(String(error));
      }
    }
  }

  private stop(why: string): void {
    this.full = true;
    this.log(`the history of session ${this.session} is not kept on disk any further: ${why}`);
  }
}
