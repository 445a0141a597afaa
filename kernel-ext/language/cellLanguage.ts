/** The language of a notebook: checks cells, completes, explains. One document a cell, all in memory. */
import type { MagicRegistry } from "../magics/registry.js";
import { libraryNames } from "./absentGlobals.js";
import { absentValues } from "./absentValues.js";
import { analyseCell } from "./analyseCell.js";
import { appendixOf } from "./appendix.js";
import type { CellFacts } from "./cellFacts.js";
import { CellProgram } from "./cellProgram.js";
import { type CellSyntax, jsxNames } from "./cellSyntax.js";
import { type Completion, completeCell } from "./completeCell.js";
import { type DeclaredName, declaredNames } from "./declaredNames.js";
import { deepModules, requireShallowJson } from "./deepJson.js";
import { type Diagnostic, type ServerDiagnostic, shownDiagnostics } from "./diagnostics.js";
import { codePointOffset, type NotebookView, openDraft } from "./draft.js";
import { DraftModules } from "./draftModules.js";
import { inspectCell } from "./inspectCell.js";
import type { Inspection } from "./inspection.js";
import { type Completeness, isComplete } from "./isComplete.js";
import { withMeantMembers } from "./meantMember.js";
import { withMeantName } from "./meantName.js";
import { isMissingFactory, missingFactories } from "./missingFactory.js";
import { nameHelp } from "./nameHelp.js";
import { NameTable } from "./nameTable.js";
import { type ParsedCell, parseCell } from "./parseCell.js";
import { unlessAborted } from "./patience.js";
import type { ServerProcess } from "./serverProcess.js";
import { dialectOf } from "./tslabDialect.js";
import type { DetailLevel } from "./typeFields.js";
import { withUnread } from "./unreadModules.js";

/** What the cells of most notebooks import: read while nothing is asked. */
const LIKELY = ["@tensorflow/tfjs", "tunelab"];

export interface CellLanguageOptions {
  /** The notebook's folder: modules and tsconfig.json are looked for there. Need not exist. */
  readonly folder: string;
  readonly magics: MagicRegistry;
  /** What a person should be told, such as that cells run unchecked. */
  readonly tell: (message: string) => void;
  /** Further TypeScript declarations of what the session puts into the global object. */
  readonly globals?: string;
  /** Milliseconds after which the server counts as dead. Default 10,000. */
  readonly timeout?: number;
  /** The server's process, when it was started before. */
  readonly process?: ServerProcess;
}

export interface CheckResult {
  readonly diagnostics: readonly Diagnostic[];
  /** False when the type checker was not to be had: only the syntax was checked. */
  readonly checked: boolean;
}

/**
 * Lifecycle: `check` a cell before it runs, `commit` it once it ran (also when it failed half-way: what it declared
 * counts). `check`s come one after another; `complete` and `inspect` may come at any time.
 */
export class CellLanguage {
  readonly #magics: MagicRegistry;
  readonly #program: CellProgram;
  readonly #names = new NameTable();
  readonly #modules = new DraftModules();
  /** Settles when the last question about the draft was answered. */
  #draft: Promise<unknown> = Promise.resolve();
  #pending: { cell: number; facts: CellFacts; imports: ReadonlySet<number> } | undefined;
  /** Settles when the server has read the kernel's libraries. Until then checks wait for it anyway. */
  readonly ready: Promise<void>;

  constructor({ magics, ...options }: CellLanguageOptions) {
    this.#magics = magics;
    this.#program = new CellProgram(options);
    this.ready = this.#program.warmUp();
    void this.ready.then(() => this.#program.supply.pauseBegins());
  }

  /**
   * Checks a cell against the cells committed before. Never throws for a person's mistake or the server's death; rejects
   * with a `LateAnswer` when the types take too long, with a `DeepJson` when they would, and with the signal's reason when
   * it is aborted.
   * @param source TypeScript, magics already replaced by `splitMagics`.
   */
  async check(cell: number, source: string, signal?: AbortSignal): Promise<CheckResult> {
    const parsed = parseCell(source);
    if (parsed.errors.length > 0) return { diagnostics: parsed.errors.map(asDiagnostic), checked: true };
    this.#program.dialect = dialectOf(source) ?? this.#program.dialect;
    const file = this.#place(cell, source, parsed);
    if (this.#pending) requireShallowJson(this.#pending.facts.modules, this.#program.folder);
    const diagnostics = await this.#diagnose(file, signal);
    if (!diagnostics || this.#program.dialect === "javascript")
      return { diagnostics: [], checked: !!diagnostics };
    const lines = source.split("\n").length;
    const implicitAny = this.#program.implicitAnyIsError;
    const shown = shownDiagnostics(diagnostics, { lines, implicitAny, folder: this.#program.folder });
    const known = this.#known;
    const absent = this.#absent(source, parsed);
    const others = shown.filter((one) => !isMissingFactory(one)).map((one) => withMeantName(one, known));
    const named = await unlessAborted(
      withMeantMembers(others, (line, column) => this.#membersAt(source, line, column)),
      signal,
    );
    const told = [...named, ...absent, ...missingFactories(shown)];
    return { diagnostics: told.sort(byPlace), checked: true };
  }

  /**
   * The names of a checked cell are known from now on.
   * @param source Of a cell that was not checked (mode `off`), so that its names are known all the same.
   */
  commit(cell: number, source?: string): void {
    if (this.#pending?.cell !== cell && source !== undefined) {
      const parsed = parseCell(source);
      if (parsed.errors.length === 0) this.#place(cell, source, parsed);
    }
    if (source !== undefined) this.#leaveDeepJson(cell, source);
    const pending = this.#pending;
    if (pending?.cell !== cell) return;
    this.#pending = undefined;
    this.#names.add(cell, pending.facts, pending.imports);
    this.#releaseUnneeded();
    this.#program.supply.cellRuns();
  }

  /** Nobody asks anything just now: what cells to come will need is read. */
  prepareAhead(): void {
    libraryNames();
    this.#modules.expect(LIKELY);
    // A draft that imports them has the server read them.
    void this.#withDraft(async (view) => openDraft("", 0, view));
    this.#program.supply.longPause();
    void this.#program.warmUp();
  }

  /**
   * How the next cell is to be compiled. Takes in a tsconfig.json that changed: to be asked once before each cell.
   */
  syntax(): CellSyntax {
    this.#program.refreshUserConfig();
    return this.#program.syntax;
  }

  /** Names of values that cells have declared, in the order they were first. */
  get variables(): string[] {
    return this.#names.names().filter((name) => this.#names.value(name));
  }

  /** Names that cells have declared, in the order they were, with their types as TypeScript writes them. */
  async declared(): Promise<DeclaredName[]> {
    return await this.#withDraft((view) => declaredNames(view));
  }

  /** @param cursor In code points, as Jupyter counts. */
  async complete(source: string, cursor: number): Promise<Completion> {
    return await this.#withDraft((view) => completeCell({ source, cursor }, view));
  }

  /** @param cursor In code points. `undefined` when nothing is known about what stands there. */
  async inspect(source: string, cursor: number, detail: DetailLevel = 0): Promise<Inspection | undefined> {
    return await this.#withDraft((view) => inspectCell({ source, cursor, detail }, view));
  }

  /** @param cell The rest of the cell in which `name?` stands. `undefined` when nothing is known. */
  async help(name: string, cell: string): Promise<Inspection | undefined> {
    return await this.#withDraft((view) => nameHelp(name, cell, view));
  }

  isComplete(source: string): Completeness {
    return isComplete(source, this.#magics);
  }

  /** Packages or files of the notebook's folder changed: everything is looked up anew. */
  async packagesChanged(): Promise<void> {
    this.#program.packagesChanged();
  }

  /**
   * The notebook moved to another folder (`%cd`). The names of earlier cells stay; what those cells import is looked
   * up from the new folder, as far as types go.
   */
  setFolder(folder: string): void {
    this.#program.move(folder);
  }

  /** Forgets every cell. */
  reset(): void {
    this.#dropPending();
    for (const cell of this.#program.documents.cells()) this.#program.documents.release(cell);
    this.#names.clear();
    this.#program.dialect = "strict";
  }

  /** Ends the server's process as a crash would. For tests of what follows. */
  killServer(): void {
    this.#program.server.kill();
  }

  async dispose(): Promise<void> {
    this.#program.supply.pauseEnds();
    await this.#program.server.dispose();
  }

  async #diagnose(file: string, signal: AbortSignal | undefined): Promise<ServerDiagnostic[] | undefined> {
    return await this.#program.supply.whileAsked(() => this.#program.diagnose(file, signal));
  }

  /** Puts a cell where the server reads it; it is pending until it is committed. */
  #place(cell: number, source: string, parsed: ParsedCell): string {
    this.#dropPending();
    const facts = analyseCell(parsed.program, jsxNames(source, this.#program.syntax));
    this.#program.findPackages(facts.modules, source);
    this.#program.refreshLocalFiles(facts.modules);
    const appendix = appendixOf(facts, this.#names, (earlier) => this.#program.documents.moduleOf(earlier));
    this.#pending = { cell, facts, imports: appendix.imports };
    return this.#program.documents.place({
      cell,
      text: source + appendix.text,
      markup: parsed.lang === "tsx",
      modules: facts.modules,
      augments: facts.augments,
    });
  }

  /** JSON for which a checked cell is refused: later ones would wait for its types in vain. */
  #leaveDeepJson(cell: number, source: string): void {
    if (this.#pending?.cell !== cell) return;
    const deep = deepModules(this.#pending.facts.modules, this.#program.folder);
    if (deep.length === 0) return;
    const text = withUnread(source, parseCell(source).program, deep);
    this.#place(cell, text, parseCell(text));
  }

  /** What the pending cell names and Node lacks. */
  #absent(source: string, { program }: ParsedCell): Diagnostic[] {
    const facts = this.#pending?.facts;
    if (!facts) return [];
    const isDeclared = (name: string) => this.#names.value(name) !== undefined;
    return absentValues({ program, facts, source, isDeclared });
  }

  /** Names of values of the pending cell and of those before it. */
  get #known(): string[] {
    const own = this.#pending?.facts.declares.filter(({ value }) => value) ?? [];
    return [...own.map(({ name }) => name), ...this.variables];
  }

  /** What may stand at a place of a cell, as its completion knows it. */
  async #membersAt(source: string, line: number, column: number): Promise<readonly string[]> {
    const before = source.split("\n").slice(0, line - 1);
    const offset = before.reduce((sum, { length }) => sum + length + 1, 0) + column - 1;
    return (await this.complete(source, codePointOffset(source, offset))).matches;
  }

  /** A cell that was checked and never ran leaves nothing. */
  #dropPending(): void {
    if (this.#pending) this.#program.documents.release(this.#pending.cell);
    this.#pending = undefined;
  }

  #releaseUnneeded(): void {
    const needed = this.#names.needed();
    for (const cell of this.#program.documents.cells())
      if (!needed.has(cell)) this.#program.documents.release(cell);
  }

  /** There is one draft: questions about it wait for each other. */
  async #withDraft<T>(ask: (view: NotebookView) => Promise<T>): Promise<T> {
    const answer = this.#draft.then(() => this.#program.supply.whileAsked(() => ask(this.#view())));
    this.#draft = answer.catch(() => {});
    return await answer;
  }

  #view(): NotebookView {
    return {
      names: this.#names,
      server: this.#program.server,
      magics: this.#magics,
      folder: this.#program.folder,
      modules: this.#modules,
      draftFile: (markup) => this.#program.file(markup ? "cell-draft-markup.tsx" : "cell-draft.ts"),
      moduleOf: (cell) => this.#program.documents.moduleOf(cell),
      findPackages: (modules) => this.#program.findPackages(modules, ""),
    };
  }
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  return a.line - b.line || a.column - b.column;
}

function asDiagnostic({
  message,
  line,
  column,
  length,
}: ReturnType<typeof parseCell>["errors"][number]): Diagnostic {
  return { message, code: 0, severity: "error", line, column, endLine: line, endColumn: column + length };
}
