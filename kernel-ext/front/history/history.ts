/** The cells this kernel executed, and on disk those of earlier kernels: for `history_request` and `%history`. */
import type { HistoryQuery } from "../../session/protocol.js";
import { EarlierSessions } from "./earlierSessions.js";
import { globMatcher } from "./glob.js";
import { preparePrivateFolder } from "./historyFolder.js";
import type { HistoryCell } from "./historyLines.js";
import { historyQuery } from "./historyQuery.js";
import { SessionFile } from "./sessionFile.js";

type Tuple = readonly [session: number, line: number, input: string | readonly [string, string | null]];

/** Longest text of a result that is remembered, in UTF-16 units. */
const longestOutput = 64 * 1024;

/**
 * Invariants: this session's cells are in memory whatever happens to the disk; a session takes its number with its
 * first cell. Among what a query finds, this session counts as the newest, also beside kernels started later: what a
 * person repeats is what they typed here.
 */
export class History {
  private readonly cells: HistoryCell[] = [];
  private file: SessionFile | undefined;
  private earlier: EarlierSessions | undefined;

  /** @param folder where histories lie; undefined to keep this one in memory only. */
  constructor(
    private readonly folder: string | undefined,
    private readonly log: (text: string) => void,
  ) {
    if (folder === undefined) return;
    try {
      preparePrivateFolder(folder);
      this.earlier = new EarlierSessions(folder, log);
    } catch (error) {
      log(`history is not kept on disk: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  add(number: number, source: string): void {
    this.claim();
    this.cells.push({ session: this.session, number, source });
    this.file?.append({ cell: number, source });
  }

  /** Remembered while this kernel runs, never on disk: a result may be a secret that was just typed. IPython's default. */
  setOutput(number: number, output: string): void {
    const at = this.cells.findLastIndex((cell) => cell.number === number);
    const cell = this.cells[at];
    if (cell) this.cells[at] = { ...cell, output: output.slice(0, longestOutput) };
  }

  /** This session's newest cells, oldest first. */
  last(count = this.cells.length): readonly HistoryCell[] {
    return count <= 0 ? [] : this.cells.slice(-count);
  }

  /** Cells of any session, oldest first. */
  async find(query: HistoryQuery): Promise<HistoryCell[]> {
    switch (query.access) {
      case "tail":
        return this.newest(query.count);
      case "range":
        return this.range(query);
      case "search": {
        const fits = globMatcher(query.pattern);
        const seen = new Set<string>();
        return this.newest(query.count ?? Number.POSITIVE_INFINITY, ({ source }) => {
          if ((query.unique && seen.has(source)) || !fits(source)) return false;
          seen.add(source);
          return true;
        });
      }
    }
  }

  /** Answers a `history_request`'s content. Rejects with what is wrong with it. */
  async answer(content: Readonly<Record<string, unknown>>): Promise<Tuple[]> {
    const query = historyQuery(content);
    // IPython too answers a range of session 0 with 0s.
    const asked = query.access === "range" && query.session === 0 ? 0 : undefined;
    const found = await this.find(query);
    return found.map(({ session, number, source, output = null }) => [
      asked ?? session,
      number,
      content.output === true ? [source, output] : source,
    ]);
  }

  /** This session's number; before its first cell, the one it would take now. */
  private get session(): number {
    return this.file?.session ?? (this.earlier?.numbers().at(-1) ?? 0) + 1;
  }

  private async newest(
    count: number,
    accepts: (cell: HistoryCell) => boolean = () => true,
  ): Promise<HistoryCell[]> {
    const found: HistoryCell[] = [];
    const others = this.earlier?.numbers().filter((number) => number !== this.file?.session) ?? [];
    for (let cells: readonly HistoryCell[] | undefined = this.cells; cells && found.length < count; ) {
      for (let at = cells.length - 1; at >= 0 && found.length < count; at--) {
        const cell = cells[at] as HistoryCell;
        if (accepts(cell)) found.push(cell);
      }
      const next = others.pop();
      cells = next === undefined ? undefined : await this.earlier?.read(next);
    }
    return found.reverse();
  }

  /** Session 0 is this one, -1 the one before; `start` and `stop` below 0 count from the session's end. */
  private async range({ session, start, stop }: Extract<HistoryQuery, { access: "range" }>) {
    const wanted = session > 0 ? session : this.session + session;
    const own = session === 0 || wanted === this.session;
    const cells = own ? this.cells : wanted < 1 ? [] : ((await this.earlier?.read(wanted)) ?? []);
    const end = (cells.at(-1)?.number ?? 0) + 1;
    const from = start < 0 ? start + end : start;
    const to = stop === undefined ? end : stop < 0 ? stop + end : stop;
    return cells.filter(({ number }) => number >= from && number < to);
  }

  private claim(): void {
    if (this.file || !this.earlier || this.folder === undefined) return;
    try {
      this.file = SessionFile.claim(this.folder, this.log);
      // Later, so that the first cell does not wait for it.
      setTimeout(() => this.prune(), 5000).unref();
    } catch (error) {
      this.earlier = undefined;
      this.log(`history is not kept on disk: ${String(error)}`);
    }
  }

  private prune(): void {
    try {
      this.earlier?.prune();
    } catch (error) {
      this.log(`old histories could not be removed: ${String(error)}`);
    }
  }
}
