/** The histories that lie on disk: those of earlier sessions, and of kernels that run beside this one. */
import { readdirSync, rmSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type HistoryCell, parseLines } from "./historyLines.js";

/** Kept at most; the oldest go first. */
const most = { sessions: 1000, bytes: 128 * 1024 * 1024 };

export function sessionFileName(session: number): string {
  return `${String(session).padStart(6, "0")}.jsonl`;
}

/** Rising. */
export function sessionNumbers(folder: string): number[] {
  return readdirSync(folder)
    .flatMap((name) => /^(\d{6,15})\.jsonl$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

/** A file that went meanwhile is an empty session: another kernel may have removed it. Of what cannot be read the first is told. */
export class EarlierSessions {
  private told = false;

  constructor(
    private readonly folder: string,
    private readonly log: (text: string) => void,
  ) {}

  numbers(): number[] {
    return sessionNumbers(this.folder);
  }

  async read(session: number): Promise<HistoryCell[]> {
    let text: string;
    try {
      text = await readFile(join(this.folder, sessionFileName(session)), "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") this.tell(session, String(error));
      return [];
    }
    const { cells, spoiled } = parseLines(text, session);
    if (spoiled > 0) this.tell(session, `${spoiled} of its lines cannot be read and are left out`);
    return cells;
  }

  /** Removes the oldest sessions beyond what is kept. */
  prune(limits: typeof most = most): void {
    let bytes = 0;
    for (const [index, session] of this.numbers().reverse().entries()) {
      const file = join(this.folder, sessionFileName(session));
      bytes += statSync(file, { throwIfNoEntry: false })?.size ?? 0;
      if (index >= limits.sessions || bytes > limits.bytes) rmSync(file, { force: true });
    }
  }

  private tell(session: number, what: string): void {
    if (!this.told) this.log(`the history of session ${session}: ${what} (others like it are not told)`);
    this.told = true;
  }
}
