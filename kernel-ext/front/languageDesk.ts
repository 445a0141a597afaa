/** The front's questions about code: may it run, what completes it, what is it. The answers are kernel-ext/language's. */
import { setTimeout as sleep } from "node:timers/promises";
import { bold } from "../language/bold.js";
import { CellLanguage } from "../language/cellLanguage.js";
import { type Diagnostic, formatDiagnostics } from "../language/diagnostics.js";
import { asNestingError, type NestingError, requireDraftSize } from "../language/nesting.js";
import { ownGlobals } from "../language/ownGlobals.js";
import { LateAnswer, type ServerProcess } from "../language/serverProcess.js";
import { type Dialect, dialectOf } from "../language/tslabDialect.js";
import { magics } from "../magics/magics.js";
import { writtenDiagnostics } from "../magics/movedCode.js";
import { didYouMean } from "../magics/nearest.js";
import type { SplitCell } from "../magics/split.js";
import { globalDeclarations } from "../session/cellGlobals.js";
import { commDeclarations } from "../session/comms.js";
import type { ErrorReport, MimeData } from "../session/protocol.js";
import type { Content } from "../wire/message.js";
import { NestingGuard } from "./nestingGuard.js";
import { leaving, type PreparedCell, prepareCell, unreadCell } from "./prepareCell.js";

/** Milliseconds without a cell after which the checker prepares for the next ones. */
const quietAfter = 1000;

/** Longest that a question about names waits for the checks of cells that ran, in milliseconds. */
const settlesWithin = 1000;

/** A console leaves and takes its kernel along; other clients have a menu for it. */
const farewell =
  "exit leaves a console; a notebook's kernel is ended from the menu (Kernel, Shut Down), and %reset forgets every name.\n";

export type CheckMode = "strict" | "warn" | "off";

export interface PrepareCalls {
  /** Told what the cell imports, before its types are checked. */
  readonly foresee: (modules: readonly string[]) => void;
  /** Aborted when nobody wants the cell any more. `prepare` rejects with its reason, and the checker is free again. */
  readonly signal: AbortSignal;
}

/**
 * Invariants: the checker sees one cell at a time, in the order they run; in `warn` the next cell's check waits for
 * the one before, the cell itself does not.
 */
export class LanguageDesk {
  private readonly language: CellLanguage;
  private mode: CheckMode = "strict";
  /** What the cells have said of their notebook. */
  private dialect: Dialect = "strict";
  /** Globals that the cells declared as names of their own. */
  readonly own = new Set<string>();
  /** Settles when every check begun so far has ended. */
  private checks: Promise<void> = Promise.resolve();
  /** Ends the checks that go on beside cells. */
  private beside = new AbortController();
  /** Names of cells that run while the checker does not know them yet. */
  private readonly unknown = new Map<number, readonly string[]>();
  /** What the person is to know of the checker, such as that cells run unchecked: told below the next cell. */
  private readonly remarks: string[] = [];
  private readonly log: (text: string) => void;
  private readonly guard: NestingGuard;
  private folderNow: string;
  /** Fires once nothing was run for a while. */
  private readonly quiet: NodeJS.Timeout;

  /** @param options.checker The type checker's process, which the desk takes over. */
  constructor(
    folder: string,
    { log, checker }: { readonly log: (text: string) => void; readonly checker: ServerProcess },
  ) {
    this.log = log;
    this.guard = new NestingGuard(log);
    this.folderNow = folder;
    const tell = (remark: string) => {
      log(remark);
      this.remarks.push(remark);
    };
    this.language = new CellLanguage({
      folder,
      magics,
      tell,
      globals: `${globalDeclarations}${commDeclarations}`,
      process: checker,
    });
    this.quiet = setTimeout(() => this.language.prepareAhead(), quietAfter).unref();
  }

  /** The notebook's folder, for a session to begin in. */
  get folder(): string {
    return this.folderNow;
  }

  /** Resolves when the checker has read its libraries, or is not to be had. */
  get ready(): Promise<void> {
    return this.language.ready;
  }

  /**
   * Compiles a cell; in `strict` its types are checked too, and an error refuses it, as do types that take too long.
   */
  async prepare(source: string, cell: number, { foresee, signal }: PrepareCalls): Promise<PreparedCell> {
    this.quiet.refresh();
    if (this.mode !== "warn") await this.checked(signal);
    const word = leaving(source);
    if (word !== undefined && !this.variables.includes(word))
      return { ...(await prepareCell("", cell, { own: this.own })), exit: true };
    try {
      return await this.prepareReadable(source, cell, { foresee, signal });
    } catch (error) {
      return unreadCell(source, cell, { own: this.own, why: nestingError(error, source) });
    }
  }

  private async prepareReadable(
    source: string,
    cell: number,
    { foresee, signal }: PrepareCalls,
  ): Promise<PreparedCell> {
    this.dialect = dialectOf(source) ?? this.dialect;
    const options = { syntax: this.language.syntax(), sloppy: this.dialect === "javascript" };
    await this.guard.admit({ reading: "cell", source, options });
    const prepared = await prepareCell(source, cell, { own: this.own, ...options });
    if (prepared.refusal || this.mode !== "strict") return prepared;
    foresee(prepared.compiled.facts.modules);
    const refusal = await this.refusal(prepared, signal);
    return refusal ? { ...prepared, refusal } : prepared;
  }

  /** What keeps a cell from running in `strict`. */
  private async refusal(
    { cell: { number, source }, split }: PreparedCell,
    signal: AbortSignal,
  ): Promise<ErrorReport | undefined> {
    try {
      const diagnostics = await this.check(number, split, signal);
      const errors = diagnostics.filter(({ severity }) => severity === "error");
      return errors.length === 0 ? undefined : typeRefusal(errors, number, source);
    } catch (error) {
      if (error instanceof LateAnswer) return lateRefusal(error);
      throw error;
    }
  }

  /** Resolves when no check goes on beside a cell. An abort ends those. */
  private async checked(signal: AbortSignal): Promise<void> {
    const stop = () => {
      this.beside.abort();
      this.beside = new AbortController();
    };
    signal.addEventListener("abort", stop);
    await this.checks;
    signal.removeEventListener("abort", stop);
    signal.throwIfAborted();
  }

  /**
   * A prepared cell runs from now on: what it declares counts. `tell` gets remarks on the checker, and in `warn` what
   * the check finds.
   */
  running(prepared: PreparedCell, tell: (cell: number, text: string) => void): void {
    const { cell, split, compiled } = prepared;
    if (prepared.exit) tell(cell.number, farewell);
    for (const remark of this.remarks.splice(0)) tell(cell.number, `[tunelab] ${remark}\n`);
    for (const name of ownGlobals(compiled.facts)) this.own.add(name);
    if (this.mode !== "warn") {
      this.language.commit(cell.number, split.source);
      return;
    }
    const values = compiled.facts.declares.filter(({ value }) => value);
    this.unknown.set(
      cell.number,
      values.map(({ name }) => name),
    );
    const { signal } = this.beside;
    this.checks = this.checks.then(() =>
      this.checkBeside(prepared, (text) => tell(cell.number, text), signal),
    );
  }

  /** Names of values that cells have declared. */
  get variables(): readonly string[] {
    return [...new Set([...this.language.variables, ...[...this.unknown.values()].flat()])];
  }

  /** What the names asked about with `?` are. */
  async pages({ split }: PreparedCell): Promise<MimeData[]> {
    const pages: MimeData[] = [];
    if (split.help.length > 0) await this.settled();
    for (const name of split.help) {
      const found = await this.language.help(name, split.source);
      pages.push(found ? mimeOf(found) : { "text/plain": unknownName(name) });
    }
    return pages;
  }

  /** Compiles what `user_expressions` asks for; `own`: globals that cells declared as names of their own. */
  async prepareExpression(source: string, cell: number, own: ReadonlySet<string>): Promise<PreparedCell> {
    try {
      await this.guard.admit({ reading: "cell", source });
      return await prepareCell(source, cell, { own });
    } catch (error) {
      return unreadCell(source, cell, { own, why: nestingError(error, source) });
    }
  }

  /** Code that cannot even be read is invalid: run, it says why. */
  async isComplete(code: string): Promise<Content> {
    try {
      await this.guard.admit({ reading: "completeness", source: code });
      return { ...this.language.isComplete(code) };
    } catch (error) {
      nestingError(error, code);
      return { status: "invalid" };
    }
  }

  /** @throws NestingError for code that cannot even be read. */
  async complete(code: string, cursor: number): Promise<Content> {
    const { matches, start, end, entries } = await this.readable(code, () =>
      this.language.complete(code, cursor),
    );
    const types = entries.map(({ text, type, signature }) => ({
      start,
      end,
      text,
      type,
      ...(signature !== undefined && { signature }),
    }));
    return {
      status: "ok",
      matches,
      cursor_start: start,
      cursor_end: end,
      metadata: { _jupyter_types_experimental: types },
    };
  }

  /** @throws NestingError for code that cannot even be read. */
  async inspect(code: string, cursor: number): Promise<Content> {
    const found = await this.readable(code, () => this.language.inspect(code, cursor));
    return { status: "ok", found: found !== undefined, data: found ? mimeOf(found) : {}, metadata: {} };
  }

  /** A question of the session's; see `FrontRequests`. */
  async ask(method: string, params: Record<string, unknown>): Promise<unknown> {
    switch (method) {
      case "typecheck":
        if (params.mode === "strict" || params.mode === "warn" || params.mode === "off")
          this.mode = params.mode;
        return this.mode;
      case "packagesChanged":
        await this.language.packagesChanged();
        return null;
      case "folder":
        this.folderNow = String(params.folder);
        this.language.setFolder(this.folderNow);
        return null;
      case "names":
        await this.settled();
        return this.language.declared();
      default:
        throw new RangeError(`the kernel's front answers no ${method}`);
    }
  }

  /** The session is new: nothing is declared. */
  forget(): void {
    this.beside.abort();
    this.beside = new AbortController();
    this.unknown.clear();
    this.language.reset();
    this.dialect = "strict";
    this.own.clear();
  }

  async close(): Promise<void> {
    clearTimeout(this.quiet);
    this.guard.close();
    await this.language.dispose();
  }

  private async readable<T>(source: string, ask: () => Promise<T>): Promise<T> {
    try {
      requireDraftSize(source);
      await this.guard.admit({ reading: "draft", source });
      await this.settled();
      return await ask();
    } catch (error) {
      throw nestingError(error, source);
    }
  }

  /** In `warn` the checker learns of names after their cells ran: who asks about names waits for it, a while. */
  private async settled(): Promise<void> {
    const late = new AbortController();
    const { checks } = this;
    await Promise.race([checks, sleep(settlesWithin, undefined, { signal: late.signal }).catch(() => {})]);
    late.abort();
  }

  /** What the checker finds, where the person wrote it. */
  private async check(
    cell: number,
    { source, moved }: SplitCell,
    signal: AbortSignal,
  ): Promise<Diagnostic[]> {
    const { diagnostics } = await this.language.check(cell, source, signal);
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
      else if (!signal.aborted) this.log(`the type check of cell ${number} failed: ${String(error)}`);
    }
    if (this.unknown.delete(number)) this.language.commit(number, split.source);
  }
}

/** The source's fault. Throws an error that is not. */
function nestingError(error: unknown, source: string): NestingError {
  const found = asNestingError(error, source);
  if (found) return found;
  throw error;
}

function lateRefusal({ limit }: LateAnswer): ErrorReport {
  const evalue = `the types of this cell took longer than ${limit / 1000} s to check, so it did not run; simplify them, or run it with %typecheck off`;
  return { ename: "TypeScriptError", evalue, traceback: [`${bold("TypeScriptError")}: ${evalue}`] };
}

function typeRefusal(errors: readonly Diagnostic[], cell: number, source: string): ErrorReport {
  const first = errors[0] as Diagnostic;
  const code = first.code === 0 ? "" : `TS${first.code}, `;
  return {
    ename: "TypeScriptError",
    evalue: `${first.message.split("\n")[0]} (${code}line ${first.line})`,
    traceback: formatDiagnostics(errors, { cell, source, mark: bold }).split("\n"),
  };
}

function unknownName(name: string): string {
  const [, signs, magic = ""] = /^(%%?)(.*)$/.exec(name) ?? [];
  const near =
    signs === undefined
      ? ""
      : didYouMean(
          magic,
          magics.list().map((known) => known.name),
          signs,
        );
  return signs === undefined
    ? `nothing is known about ${name}`
    : `there is no magic ${name}.${near || " %lsmagic lists them."}`;
}

function mimeOf({ text, markdown }: { text: string; markdown: string }): MimeData {
  return { "text/plain": text, "text/markdown": markdown };
}
