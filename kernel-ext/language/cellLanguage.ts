/** The language of a notebook: checks cells, completes, explains. One document a cell, all in memory. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { MagicRegistry } from "../magics/registry.js";
import { analyseCell } from "./analyseCell.js";
import { appendixOf } from "./appendix.js";
import { CellDocuments } from "./cellDocuments.js";
import type { CellFacts } from "./cellFacts.js";
import {
  type CheckerConfigOptions,
  type CompilerOptions,
  checkerConfig,
  openingConfig,
  userCompilerOptions,
} from "./checkerConfig.js";
import { type Completion, completeCell } from "./completeCell.js";
import { type DeclaredName, declaredNames } from "./declaredNames.js";
import { type Diagnostic, type ServerDiagnostic, shownDiagnostics } from "./diagnostics.js";
import type { NotebookView } from "./draft.js";
import { type Inspection, inspectCell } from "./inspectCell.js";
import { type Completeness, isComplete } from "./isComplete.js";
import { LanguageServer, LanguageServerError } from "./languageServer.js";
import { NameTable } from "./nameTable.js";
import { declarationsOf, hasPackage, splitModule } from "./packageTypes.js";
import { type ParsedCell, parseCell } from "./parseCell.js";

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
}

export interface CheckResult {
  readonly diagnostics: readonly Diagnostic[];
  /** False when the type checker was not to be had: only the syntax was checked. */
  readonly checked: boolean;
}

const GLOBALS = `
declare const __tunelab: {
  magic(name: string, args: string, body?: () => unknown): Promise<any>;
  shell(command: string): Promise<any>;
};
`;

/** The package folder the kernel runs from: of dist/kernel-ext/language, or of kernel-ext/language in a test. */
const KERNEL_ROOT = fileURLToPath(
  new URL(import.meta.url.includes("/dist/") ? "../../.." : "../..", import.meta.url),
);

/**
 * Lifecycle: `check` a cell before it runs, `commit` it once it ran (also when it failed half-way: what it declared
 * counts). `check`s come one after another; `complete` and `inspect` may come at any time.
 */
export class CellLanguage {
  readonly #options: CellLanguageOptions;
  readonly #server: LanguageServer;
  readonly #names = new NameTable();
  readonly #paths = new Map<string, string>();
  readonly #documents: CellDocuments;
  /** Settles when the last question about the draft was answered. */
  #draft: Promise<unknown> = Promise.resolve();
  #folder: string;
  #user: CompilerOptions;
  #pending: { cell: number; facts: CellFacts; imports: ReadonlySet<number> } | undefined;
  /** Settles when the server has read the kernel's libraries. Until then checks wait for it anyway. */
  readonly ready: Promise<void>;

  constructor(options: CellLanguageOptions) {
    this.#options = options;
    this.#folder = options.folder;
    this.#user = this.#readUserOptions();
    this.#server = new LanguageServer({
      tell: options.tell,
      ...(options.timeout ? { timeout: options.timeout } : {}),
    });
    this.#documents = new CellDocuments(this.#server, this.#folder);
    this.#openDocuments(() => this.#documents.open());
    this.ready = this.#warmUp();
  }

  /**
   * Checks a cell against the cells committed before. Never throws for a person's mistake or the server's death.
   * @param source TypeScript, magics already replaced by `splitMagics`.
   */
  async check(cell: number, source: string): Promise<CheckResult> {
    const parsed = parseCell(source);
    if (parsed.errors.length > 0) return { diagnostics: parsed.errors.map(asDiagnostic), checked: true };
    const file = this.#place(cell, source, parsed);
    const diagnostics = await this.#diagnose(file);
    if (!diagnostics) return { diagnostics: [], checked: false };
    const lines = source.split("\n").length;
    const implicitAny = this.#user.noImplicitAny === true;
    return { diagnostics: shownDiagnostics(diagnostics, { lines, implicitAny }), checked: true };
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
    const pending = this.#pending;
    if (pending?.cell !== cell) return;
    this.#pending = undefined;
    this.#names.add(cell, pending.facts, pending.imports);
    this.#releaseUnneeded();
    if (this.#documents.scarce) this.#openMore();
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
  async inspect(source: string, cursor: number): Promise<Inspection | undefined> {
    return await this.#withDraft((view) => inspectCell({ source, cursor }, view));
  }

  isComplete(source: string): Completeness {
    return isComplete(source, this.#options.magics);
  }

  /** Packages or files of the notebook's folder changed: everything is looked up anew. */
  async packagesChanged(): Promise<void> {
    this.#paths.clear();
    this.#user = this.#readUserOptions();
    this.#server.filesChanged([this.#file("node_modules"), this.#file("package.json")]);
    this.#configure();
  }

  /**
   * The notebook moved to another folder (`%cd`). The names of earlier cells stay; what those cells import is looked
   * up from the new folder, as far as types go.
   */
  setFolder(folder: string): void {
    if (folder === this.#folder) return;
    for (const name of ["tsconfig.json", "cell-globals.d.ts", "cell-draft.ts", "cell-draft-markup.tsx"])
      this.#server.close(this.#file(name));
    this.#folder = folder;
    this.#user = this.#readUserOptions();
    this.#paths.clear();
    this.#openDocuments(() => this.#documents.move(folder));
    this.#findPackages(this.#documents.modules());
  }

  /** Forgets every cell. */
  reset(): void {
    this.#dropPending();
    for (const cell of this.#documents.cells()) this.#documents.release(cell);
    this.#names.clear();
  }

  /** Ends the server's process as a crash would. For tests of what follows. */
  killServer(): void {
    this.#server.kill();
  }

  async dispose(): Promise<void> {
    await this.#server.dispose();
  }

  #file(name: string): string {
    return join(this.#folder, name);
  }

  #jsxFactory(): string {
    return typeof this.#user.jsxFactory === "string" ? this.#user.jsxFactory : "h";
  }

  #readUserOptions(): CompilerOptions {
    try {
      return userCompilerOptions(this.#folder);
    } catch (error) {
      this.#options.tell(
        `tsconfig.json is not used: ${error instanceof Error ? error.message : String(error)}`,
      );
      return {};
    }
  }

  #openDocuments(openCells: () => void): void {
    const opening = openingConfig(this.#configOptions());
    const now = this.#server.started ? opening : checkerConfig(this.#configOptions());
    this.#server.set(this.#file("tsconfig.json"), now, { opening });
    this.#server.set(this.#file("cell-globals.d.ts"), GLOBALS + (this.#options.globals ?? ""));
    this.#server.set(this.#file("cell-draft.ts"), "export {};");
    this.#server.set(this.#file("cell-draft-markup.tsx"), "export {};", { language: "typescriptreact" });
    openCells();
    this.#configure();
  }

  /** More slots, under a small program for the while. */
  #openMore(): void {
    this.#server.set(this.#file("tsconfig.json"), openingConfig(this.#configOptions()));
    this.#documents.open();
    this.#configure();
  }

  #configure(): void {
    this.#server.set(this.#file("tsconfig.json"), checkerConfig(this.#configOptions()));
  }

  #configOptions(): CheckerConfigOptions {
    return { folder: this.#folder, kernelRoot: KERNEL_ROOT, paths: this.#paths, user: this.#user };
  }

  /** Reads TypeScript's libraries while the session starts. */
  async #warmUp(): Promise<void> {
    await this.#diagnose(this.#documents.hub);
  }

  /** Gives the checker the path of each package that the kernel has and the notebook lacks. */
  #findPackages(modules: readonly string[]): void {
    let changed = false;
    for (const module of modules) {
      const name = splitModule(module)?.[0];
      if (name === undefined || this.#paths.has(module) || hasPackage(this.#folder, name)) continue;
      const file = declarationsOf(KERNEL_ROOT, module);
      if (file === undefined) continue;
      this.#paths.set(module, file);
      changed = true;
    }
    if (changed) this.#configure();
  }

  async #diagnose(file: string): Promise<ServerDiagnostic[] | undefined> {
    if (!this.#server.available) return undefined;
    try {
      const answer = await this.#server.ask<{ items?: ServerDiagnostic[] }>("textDocument/diagnostic", file);
      return answer.items ?? [];
    } catch (error) {
      if (error instanceof LanguageServerError) return undefined;
      throw error;
    }
  }

  /** Puts a cell where the server reads it; it is pending until it is committed. */
  #place(cell: number, source: string, parsed: ParsedCell): string {
    this.#dropPending();
    const facts = analyseCell(parsed.program, [this.#jsxFactory()]);
    this.#findPackages(facts.modules);
    const appendix = appendixOf(facts, this.#names, (earlier) => this.#documents.moduleOf(earlier));
    this.#pending = { cell, facts, imports: appendix.imports };
    return this.#documents.place({
      cell,
      text: source + appendix.text,
      markup: parsed.lang === "tsx",
      modules: facts.modules,
      augments: facts.augments,
    });
  }

  /** A cell that was checked and never ran leaves nothing. */
  #dropPending(): void {
    if (this.#pending) this.#documents.release(this.#pending.cell);
    this.#pending = undefined;
  }

  #releaseUnneeded(): void {
    const needed = this.#names.needed();
    for (const cell of this.#documents.cells()) if (!needed.has(cell)) this.#documents.release(cell);
  }

  /** There is one draft: questions about it wait for each other. */
  async #withDraft<T>(ask: (view: NotebookView) => Promise<T>): Promise<T> {
    const answer = this.#draft.then(() =>
      ask({
        names: this.#names,
        server: this.#server,
        magics: this.#options.magics,
        folder: this.#folder,
        draftFile: (markup) => this.#file(markup ? "cell-draft-markup.tsx" : "cell-draft.ts"),
        moduleOf: (cell) => this.#documents.moduleOf(cell),
        findPackages: (modules) => this.#findPackages(modules),
      }),
    );
    this.#draft = answer.catch(() => {});
    return await answer;
  }
}

function asDiagnostic({
  message,
  line,
  column,
  length,
}: ReturnType<typeof parseCell>["errors"][number]): Diagnostic {
  return { message, code: 0, severity: "error", line, column, endLine: line, endColumn: column + length };
}
