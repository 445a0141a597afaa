/** The language of a notebook: checks cells, completes, explains. One document a cell, all in memory. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { MagicRegistry } from "../magics/registry.js";
import { analyseCell } from "./analyseCell.js";
import { appendixOf } from "./appendix.js";
import type { CellFacts } from "./cellFacts.js";
import { type CompilerOptions, checkerConfig, userCompilerOptions } from "./checkerConfig.js";
import { type Completion, completeCell } from "./completeCell.js";
import { type DeclaredName, declaredNames } from "./declaredNames.js";
import { type Diagnostic, type ServerDiagnostic, shownDiagnostics } from "./diagnostics.js";
import type { NotebookView } from "./draft.js";
import { type Inspection, inspectCell } from "./inspectCell.js";
import { type Completeness, isComplete } from "./isComplete.js";
import { LanguageServer, LanguageServerError } from "./languageServer.js";
import { NameTable } from "./nameTable.js";
import { declarationsOf, hasPackage, splitModule } from "./packageTypes.js";
import { parseCell } from "./parseCell.js";

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
  readonly #open = new Map<number, string>();
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
    this.ready = this.#warmUp();
  }

  /**
   * Checks a cell against the cells committed before. Never throws for a person's mistake or the server's death.
   * @param source TypeScript, magics already replaced by `splitMagics`.
   */
  async check(cell: number, source: string): Promise<CheckResult> {
    const parsed = parseCell(source);
    if (parsed.errors.length > 0) return { diagnostics: parsed.errors.map(asDiagnostic), checked: true };
    this.#dropPending();
    const facts = analyseCell(parsed.program, [this.#jsxFactory()]);
    this.#findPackages(facts.modules);
    const appendix = appendixOf(facts, this.#names);
    this.#pending = { cell, facts, imports: appendix.imports };
    const file = this.#file(`cell-${cell}.${parsed.lang}`);
    this.#open.set(cell, file);
    this.#server.set(file, source + appendix.text, parsed.lang === "tsx" ? "typescriptreact" : "typescript");
    const diagnostics = await this.#diagnose(file);
    if (!diagnostics) return { diagnostics: [], checked: false };
    const lines = source.split("\n").length;
    const implicitAny = this.#user.noImplicitAny === true;
    return { diagnostics: shownDiagnostics(diagnostics, { lines, implicitAny }), checked: true };
  }

  /**
   * The names of a checked cell are known from now on.
   * @param facts Needed only for a cell that was not checked (mode `off`): its names then have type `any`.
   */
  commit(cell: number, source?: string): void {
    if (this.#pending?.cell !== cell && source !== undefined) this.#openUnchecked(cell, source);
    const pending = this.#pending;
    if (pending?.cell !== cell) return;
    this.#pending = undefined;
    this.#names.add(cell, pending.facts, pending.imports);
    this.#closeUnneeded();
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

  /** The notebook moved to another folder (`%cd`). Cells checked so far keep their types. */
  setFolder(folder: string): void {
    if (folder === this.#folder) return;
    const files = [...this.#open.values()];
    for (const file of files) this.#server.close(file);
    this.#server.close(this.#file("tsconfig.json"));
    this.#folder = folder;
    this.reset();
    this.#user = this.#readUserOptions();
    this.#configure();
  }

  /** Forgets every cell. */
  reset(): void {
    this.#dropPending();
    for (const file of this.#open.values()) this.#server.close(file);
    this.#open.clear();
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

  #configure(): void {
    const config = { folder: this.#folder, kernelRoot: KERNEL_ROOT, paths: this.#paths, user: this.#user };
    this.#server.set(this.#file("tsconfig.json"), checkerConfig(config));
    this.#server.set(this.#file("cell-globals.d.ts"), GLOBALS + (this.#options.globals ?? ""));
  }

  /** Reads the libraries of a typical first cell while the session starts. */
  async #warmUp(): Promise<void> {
    const modules = ["tunelab", "@tensorflow/tfjs"];
    this.#findPackages(modules);
    this.#configure();
    const file = this.#file("cell-warm-up.ts");
    this.#server.set(file, modules.map((module) => `import ${JSON.stringify(module)};`).join("\n"));
    await this.#diagnose(file);
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

  #openUnchecked(cell: number, source: string): void {
    const parsed = parseCell(source);
    if (parsed.errors.length > 0) return;
    this.#dropPending();
    const facts = analyseCell(parsed.program, [this.#jsxFactory()]);
    this.#findPackages(facts.modules);
    const appendix = appendixOf(facts, this.#names);
    this.#pending = { cell, facts, imports: appendix.imports };
    const file = this.#file(`cell-${cell}.${parsed.lang}`);
    this.#open.set(cell, file);
    this.#server.set(file, source + appendix.text);
  }

  /** A cell that was checked and never ran leaves nothing. */
  #dropPending(): void {
    const file = this.#pending && this.#open.get(this.#pending.cell);
    if (this.#pending) this.#open.delete(this.#pending.cell);
    this.#pending = undefined;
    if (file) this.#server.close(file);
  }

  #closeUnneeded(): void {
    const needed = this.#names.needed();
    for (const [cell, file] of this.#open) {
      if (needed.has(cell)) continue;
      this.#server.close(file);
      this.#open.delete(cell);
    }
  }

  /** There is one draft: questions about it wait for each other. */
  async #withDraft<T>(ask: (view: NotebookView) => Promise<T>): Promise<T> {
    const answer = this.#draft.then(() =>
      ask({
        names: this.#names,
        server: this.#server,
        magics: this.#options.magics,
        folder: this.#folder,
        file: this.#file("cell-draft.ts"),
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
