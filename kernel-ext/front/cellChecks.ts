/** The type checks of cells: before a cell runs (`strict`), or beside it (`warn`). */
import { setTimeout as sleep } from "node:timers/promises";
import type { CellLanguage } from "../language/cellLanguage.js";
import { DeepJson } from "../language/deepJson.js";
import { type Diagnostic, formatDiagnostics } from "../language/diagnostics.js";
import { LateAnswer } from "../language/serverProcess.js";
import { writtenDiagnostics } from "../magics/movedCode.js";
import type { SplitCell } from "../magics/split.js";
import type { ErrorReport } from "../session/protocol.js";
import type { PreparedCell } from "./prepareCell.js";
import { lateRefusal, refusalOf, typeRefusal } from "./typeRefusals.js";

/** Longest that a question about names waits for the checks of cells that ran, in milliseconds. */
const settlesWithin = 1000;

/** What is asked of kernel-ext/language. */
export type Checker = Pick<CellLanguage, "check" | "commit">;

/** Invariant: checks beside cells go on one at a time, in the order the cells run; each commits its cell, unless forgotten. */
export class CellChecks {
  /** Settles when every check begun so far has ended. */
  private checks: Promise<void> = Promise.resolve();
  /** Ends the checks that go on beside cells. */
  private besides = new AbortController();
  /** Names of cells that run while the checker does not know them yet. */
  private readonly unknown = new Map<number, readonly string[]>();

  constructor(
    private readonly checker: Checker,
    private readonly log: (text: string) => void,
  ) {}

  /** Names of values that cells have declared and the checker does not know yet. */
  get unknownNames(): readonly string[] {
    return [...this.unknown.values()].flat();
  }

  /** What keeps a cell from running in `strict`. */
  async refusal(
    { cell: { number, source }, split }: PreparedCell,
    signal: AbortSignal,
  ): Promise<ErrorReport | undefined> {
    try {
      const diagnostics = await this.check(number, split, signal);
      const errors = diagnostics.filter(({ severity }) => severity === "error");
      return errors.length === 0 ? undefined : typeRefusal(errors, number, source);
    } catch (error) {
      if (error instanceof LateAnswer) return lateRefusal(error);
      if (error instanceof DeepJson) return refusalOf(error.message);
      throw error;
    }
  }

  /** Checks a cell that runs, after those before it. `tell` gets what is found. */
  beside(prepared: PreparedCell, tell: (text: string) => void): void {
    const values = prepared.compiled.facts.declares.filter(({ value }) => value);
    this.unknown.set(
      prepared.cell.number,
      values.map(({ name }) => name),
    );
    const { signal } = this.besides;
    this.checks = this.checks.then(() => this.checkBeside(prepared, tell, signal));
  }

  /** Resolves when no check goes on beside a cell. An abort ends those. */
  async ended(signal: AbortSignal): Promise<void> {
    const stop = () => this.stop();
    signal.addEventListener("abort", stop);
    await this.checks;
    signal.removeEventListener("abort", stop);
    signal.throwIfAborted();
  }

  /** In `warn` the checker learns of names after their cells ran: who asks about names waits for it, a while. */
  async settled(): Promise<void> {
    const late = new AbortController();
    const { checks } = this;
    await Promise.race([checks, sleep(settlesWithin, undefined, { signal: late.signal }).catch(() => {})]);
    late.abort();
  }

  /** The session is new: what goes on is of no use. */
  forget(): void {
    this.stop();
    this.unknown.clear();
  }

  private stop(): void {
    this.besides.abort();
    this.besides = new AbortController();
  }

  /** What the checker finds, where the person wrote it. */
  private async check(
    cell: number,
    { source, moved }: SplitCell,
    signal: AbortSignal,
  ): Promise<Diagnostic[]> {
    const { diagnostics } = await this.checker.check(cell, source, signal);
    return writtenDiagnostics(moved, diagnostics);
  }

  /** @param signal aborted when the cell's session is gone, or an interrupt ends whoever waits for the checker. */
  private async checkBeside(
    { cell, split }: PreparedCell,
    tell: (text: string) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const { number, source } = cell;
    // Of a session that is gone.
    if (!this.unknown.has(number)) return;
    try {
      const diagnostics = await this.check(number, split, signal);
      if (diagnostics.length > 0) tell(`${formatDiagnostics(diagnostics, { cell: number, source })}\n`);
    } catch (error) {
      if (error instanceof LateAnswer)
        tell(
          `[tunelab] the types of this cell took longer than ${error.limit / 1000} s to check: it runs unchecked\n`,
        );
      else if (error instanceof DeepJson) tell(`[tunelab] ${error.message}: this cell runs unchecked\n`);
      else if (!signal.aborted) this.log(`the type check of cell ${number} failed: ${String(error)}`);
    }
    if (this.unknown.delete(number)) this.checker.commit(number, split.source);
  }
}
