/** The program that the language server checks: its tsconfig.json, the globals, the draft and the cells' documents. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CellDocuments, EMPTY } from "./cellDocuments.js";
import { type CellSyntax, syntaxOf } from "./cellSyntax.js";
import { type CheckerConfigOptions, checkerConfig, openingConfig, waitingConfig } from "./checkerConfig.js";
import { DeclarationFiles } from "./declarationFiles.js";
import type { ServerDiagnostic } from "./diagnostics.js";
import { DocumentSupply } from "./documentSupply.js";
import { augmentedModules, flatTypes, isFlattened } from "./flatTypes.js";
import { KERNEL_ROOT } from "./kernelRoot.js";
import { LanguageServer } from "./languageServer.js";
import { LocalChanges } from "./localChanges.js";
import { declarationsOf, hasPackage, splitModule } from "./packageTypes.js";
import { LanguageServerError, LateAnswer, type ServerProcess } from "./serverProcess.js";
import { type Dialect, dialectRemarks } from "./tslabDialect.js";
import { unreadDeclaration } from "./unreadModules.js";
import { type UserConfig, userConfig } from "./userConfig.js";

export interface CellProgramOptions {
  readonly folder: string;
  readonly tell: (message: string) => void;
  readonly globals?: string;
  readonly timeout?: number;
  readonly process?: ServerProcess;
}

const GLOBALS = `
${unreadDeclaration}declare const __tunelab: {
  magic(name: string, args: string, body?: () => unknown): Promise<any>;
  begin(name: string, args: string): Promise<void>;
  end(value?: unknown): Promise<any>;
  shell(command: string): Promise<any>;
};
`;

/** Documents of the program beside the cells', in the notebook's folder. */
const ownFiles = ["cell-globals.d.ts", "cell-draft.ts", "cell-draft-markup.tsx"];

/** Invariant: when no more is to be sent, the server has the full tsconfig.json, with the paths of all packages found. */
export class CellProgram {
  readonly server: LanguageServer;
  readonly documents: CellDocuments;
  /** Documents for cells to come. */
  readonly supply: DocumentSupply;
  readonly #options: CellProgramOptions;
  readonly #localChanges = new LocalChanges();
  readonly #paths = new Map<string, readonly string[]>();
  #flat: ReadonlyMap<string, readonly string[]>;
  /** Files of flattened modules for which cells or the project declare more. */
  readonly #augmented = new Set<string>();
  #folder: string;
  #dialect: Dialect = "strict";
  #user: UserConfig;
  readonly #declarationFiles = new DeclarationFiles();
  #declarations: string[];

  constructor(options: CellProgramOptions) {
    const { folder, tell, timeout, process } = options;
    this.#options = options;
    this.#folder = folder;
    this.#user = this.#readUserConfig();
    this.#flat = this.#findFlat();
    this.#declarations = this.#findDeclarations();
    this.#localChanges.among(this.#declarations);
    this.#noteAugmented(...this.#declarations.map(textOf));
    this.server = new LanguageServer({ tell, ...(timeout && { timeout }), ...(process && { process }) });
    this.documents = new CellDocuments(this.server, folder, () => this.#configure());
    this.supply = new DocumentSupply(this.documents, () => void this.warmUp());
    this.#openDocuments();
  }

  get folder(): string {
    return this.#folder;
  }

  /** What tsconfig.json says of how cells are compiled. */
  get syntax(): CellSyntax {
    return syntaxOf(this.#user.options);
  }

  get implicitAnyIsError(): boolean {
    return this.#user.options.noImplicitAny === true;
  }

  /** Takes in a tsconfig.json that was written, changed or removed since. */
  refreshUserConfig(): void {
    const before = this.#user;
    if (userConfig(this.#folder).stamp !== before.stamp) {
      this.#user = this.#readUserConfig();
      if (!this.#user.problem) this.#options.tell("tsconfig.json changed: cells follow it from this one on");
    }
    const declarations = this.#findDeclarations();
    const changed = this.#localChanges.among(declarations);
    if (changed.length > 0) this.server.filesChanged(changed);
    const isSame = declarations.join("\n") === this.#declarations.join("\n");
    this.#declarations = declarations;
    if (changed.length > 0 || !isSame) this.#noteAugmented(...declarations.map(textOf));
    if (this.#user === before && isSame && changed.length === 0) return;
    if (this.#refreshFlat()) this.#addPaths(this.documents.modules());
    this.#configure();
  }

  file(name: string): string {
    return join(this.#folder, name);
  }

  /** Has TypeScript's libraries read. */
  async warmUp(): Promise<void> {
    try {
      await this.diagnose(this.documents.hub);
    } catch (error) {
      // A machine this slow: the first cell waits for its own answer.
      if (!(error instanceof LateAnswer)) throw error;
    }
  }

  /** Undefined when the server is not to be had. Rejects with a `LateAnswer`, and when the signal is aborted. */
  async diagnose(file: string, signal?: AbortSignal): Promise<ServerDiagnostic[] | undefined> {
    if (!this.server.available) return undefined;
    try {
      const method = "textDocument/diagnostic";
      const answer = await this.server.ask<{ items?: ServerDiagnostic[] }>(method, file, {}, signal);
      return answer.items ?? [];
    } catch (error) {
      if (error instanceof LanguageServerError && !(error instanceof LateAnswer)) return undefined;
      throw error;
    }
  }

  get dialect(): Dialect {
    return this.#dialect;
  }

  set dialect(dialect: Dialect) {
    if (dialect === this.#dialect) return;
    this.#dialect = dialect;
    if (dialect !== "strict") this.#options.tell(dialectRemarks[dialect]);
    this.#configure();
  }

  /** Has the checker read anew what changed of the local files that `modules` mean. */
  refreshLocalFiles(modules: readonly string[]): void {
    const changed = this.#localChanges.since(modules, this.#folder);
    if (changed.length > 0) this.server.filesChanged(changed);
  }

  /**
   * Gives the checker the path of each package that the kernel has and the notebook lacks.
   * @param source What imports them, as it may declare more for them.
   */
  findPackages(modules: readonly string[], source: string): void {
    const isAugmented = this.#noteAugmented(source);
    if (this.#addPaths(modules) || isAugmented) this.#configure();
  }

  /** Packages were installed or removed: also what earlier cells import is looked up anew. */
  packagesChanged(): void {
    this.#paths.clear();
    this.#user = this.#readUserConfig();
    this.server.filesChanged([this.file("node_modules"), this.file("package.json")]);
    this.#addPaths(this.documents.modules());
    this.#configure();
  }

  move(folder: string): void {
    if (folder === this.#folder) return;
    for (const name of ["../tsconfig.json", "tsconfig.json", ...ownFiles]) this.server.close(this.file(name));
    this.#folder = folder;
    this.#user = this.#readUserConfig();
    this.#flat = this.#findFlat();
    this.#declarations = this.#findDeclarations();
    this.#paths.clear();
    this.documents.move(folder);
    this.#openDocuments();
    if (this.#addPaths(this.documents.modules())) this.#configure();
  }

  /** Whether one of `modules` got a path that it had not. */
  #addPaths(modules: readonly string[]): boolean {
    const flatChanged = modules.some(isFlattened) && this.#refreshFlat();
    // What stood for modules of earlier cells may be gone.
    const asked = flatChanged ? [...modules, ...this.documents.modules()] : modules;
    let changed = flatChanged;
    for (const module of asked) {
      const name = splitModule(module)?.[0];
      if (name === undefined || this.#paths.has(module) || this.#flat.has(name)) continue;
      const file = hasPackage(this.#folder, name) ? undefined : declarationsOf(KERNEL_ROOT, module);
      if (file === undefined) continue;
      this.#paths.set(module, [file]);
      changed = true;
    }
    return changed;
  }

  /** Whether packages came into the folder, or left it, that decide. */
  #refreshFlat(): boolean {
    const before = this.#flat.size;
    this.#flat = this.#findFlat();
    return this.#flat.size !== before;
  }

  /** Whether one of the texts declares more for a flattened module for which none did: for that no file is read. */
  #noteAugmented(...texts: readonly string[]): boolean {
    const before = this.#augmented.size;
    for (const file of texts.flatMap(augmentedModules)) this.#augmented.add(file);
    return this.#augmented.size > before;
  }

  #findFlat(): ReadonlyMap<string, readonly string[]> {
    return flatTypes(this.#folder, this.#user.options);
  }

  #openDocuments(): void {
    const opening = openingConfig(this.#configOptions());
    const now = this.server.started ? opening : checkerConfig(this.#configOptions());
    this.#writeWaiting();
    this.server.set(this.file("tsconfig.json"), now, { opening });
    this.server.set(this.file("cell-globals.d.ts"), GLOBALS + (this.#options.globals ?? ""));
    this.server.set(this.file("cell-draft.ts"), EMPTY);
    this.server.set(this.file("cell-draft-markup.tsx"), EMPTY, { language: "typescriptreact" });
    this.documents.open();
    this.#configure();
  }

  #configure(): void {
    const options = this.#configOptions();
    this.server.set(this.file("tsconfig.json"), checkerConfig(options), { opening: openingConfig(options) });
    this.#writeWaiting();
  }

  #writeWaiting(): void {
    // At the root there is nothing above, and the server has a program of its own for such documents.
    if (dirname(this.#folder) === this.#folder) return;
    this.server.set(this.file("../tsconfig.json"), waitingConfig(this.documents.waiting));
  }

  #configOptions(): CheckerConfigOptions {
    const strict = this.#dialect === "strict";
    return {
      folder: this.#folder,
      files: [...ownFiles.map((name) => this.file(name)), ...this.documents.files],
      hub: this.documents.hub,
      kernelRoot: KERNEL_ROOT,
      paths: new Map([...this.#flat, ...this.#paths]),
      user: this.#user.options,
      userFolder: this.#user.folder,
      declarations: [...this.#declarations, ...(this.#flat.size > 0 ? this.#augmented : [])],
      strict,
    };
  }

  #readUserConfig(): UserConfig {
    const config = userConfig(this.#folder);
    if (config.problem) this.#options.tell(`tsconfig.json is not used: ${config.problem}`);
    return config;
  }

  #findDeclarations(): string[] {
    const { incomplete } = this.#declarationFiles;
    const found = this.#declarationFiles.of(this.#user);
    if (this.#declarationFiles.incomplete && !incomplete)
      this.#options.tell(
        "the project has so many folders that its .d.ts files were looked for in the first ones only: name them in `files` or `include` of its tsconfig.json",
      );
    return found;
  }
}

/** One that may not be read says nothing to the checker either. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
