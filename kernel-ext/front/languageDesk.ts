/** The front's questions about code: may it run, what completes it, what is it. The answers are kernel-ext/language's. */
import { CellLanguage } from "../language/cellLanguage.js";
import { nestingFault } from "../language/nesting.js";
import { ownGlobals } from "../language/ownGlobals.js";
import type { ServerProcess } from "../language/serverProcess.js";
import { type Dialect, dialectOf } from "../language/tslabDialect.js";
import { magics } from "../magics/magics.js";
import { globalDeclarations } from "../session/cellGlobals.js";
import { commDeclarations } from "../session/comms.js";
import { CellChecks } from "./cellChecks.js";
import { CodeQuestions } from "./codeQuestions.js";
import { NestingGuard } from "./nestingGuard.js";
import { leaving, type PreparedCell, prepareCell, unreadCell } from "./prepareCell.js";

/** Milliseconds without a cell after which the checker prepares for the next ones. */
const quietAfter = 1000;

/** Kept of what waits for a cell that is not silent; the log has all of it. */
const mostRemarks = 20;

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

export interface RunningCalls {
  /** Nothing that is told below the cell would be shown. */
  readonly silent: boolean;
  readonly tell: (cell: number, text: string) => void;
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
  private readonly checks: CellChecks;
  readonly questions: CodeQuestions;
  /** What the person is to know, such as that cells run unchecked: told below the next cell that shows anything. */
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
    this.language = new CellLanguage({
      folder,
      magics,
      tell: (remark) => this.tell(remark),
      globals: `${globalDeclarations}${commDeclarations}`,
      process: checker,
    });
    const { language, guard } = this;
    this.checks = new CellChecks(language, log);
    this.questions = new CodeQuestions(language, { guard, checks: this.checks });
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
    if (this.mode !== "warn") await this.checks.ended(signal);
    const word = leaving(source);
    if (word !== undefined && !this.variables.includes(word))
      return { ...(await prepareCell("", cell, { own: this.own })), exit: true };
    try {
      return await this.prepareReadable(source, cell, { foresee, signal });
    } catch (error) {
      return unreadCell(source, cell, { own: this.own, why: nestingFault(error, source) });
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
    const refusal = await this.checks.refusal(prepared, signal);
    return refusal ? { ...prepared, refusal } : prepared;
  }

  /**
   * A prepared cell runs from now on: what it declares counts. `tell` gets the remarks, which a silent
   * one leaves to the next, and in `warn` what the check finds.
   */
  running(prepared: PreparedCell, { silent, tell }: RunningCalls): void {
    const { cell, split, compiled } = prepared;
    if (prepared.exit) tell(cell.number, farewell);
    for (const remark of silent ? [] : this.remarks.splice(0)) tell(cell.number, `[tunelab] ${remark}\n`);
    for (const name of ownGlobals(compiled.facts)) this.own.add(name);
    if (this.mode !== "warn") {
      this.language.commit(cell.number, split.source);
      return;
    }
    this.checks.beside(prepared, (text) => tell(cell.number, text));
  }

  /** The person reads it below the next cell that is not silent. */
  tell(remark: string): void {
    this.log(remark);
    this.remarks.push(remark);
    if (this.remarks.length > mostRemarks) this.remarks.shift();
  }

  /** Names of values that cells have declared. */
  get variables(): readonly string[] {
    return [...new Set([...this.language.variables, ...this.checks.unknownNames])];
  }

  /** Compiles what `user_expressions` asks for; `own`: globals that cells declared as names of their own. */
  async prepareExpression(source: string, cell: number, own: ReadonlySet<string>): Promise<PreparedCell> {
    try {
      await this.guard.admit({ reading: "cell", source });
      return await prepareCell(source, cell, { own });
    } catch (error) {
      return unreadCell(source, cell, { own, why: nestingFault(error, source) });
    }
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
        await this.checks.settled();
        return this.language.declared();
      default:
        throw new RangeError(`the kernel's front answers no ${method}`);
    }
  }

  /** The session is new: nothing is declared. */
  forget(): void {
    this.checks.forget();
    this.language.reset();
    this.dialect = "strict";
    this.own.clear();
  }

  async close(): Promise<void> {
    clearTimeout(this.quiet);
    this.guard.close();
    await this.language.dispose();
  }
}
