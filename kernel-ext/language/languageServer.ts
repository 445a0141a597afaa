/** TypeScript 7's language server as a child process, with documents that live in memory only. */
import type { ChildProcess } from "node:child_process";
import { pathToFileURL } from "node:url";
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-jsonrpc/node";
import { LanguageServerError, type ServerProcess, startServerProcess } from "./serverProcess.js";

export interface LanguageServerOptions {
  /** Told what a person should know: that the server died, that it was started again. */
  readonly tell: (message: string) => void;
  /** Milliseconds after which a request is given up. Default 10,000. */
  readonly timeout?: number;
  /** Milliseconds after which a death no longer counts. Default ten minutes. */
  readonly forgives?: number;
  /** The program to run. Default: the one of the `typescript` package. */
  readonly executable?: string;
  /** The server's first process, when it was started before. */
  readonly process?: ServerProcess;
}

interface Document {
  readonly language: string;
  /** The text it has while the documents are opened one by one at the server's start. */
  readonly opening?: string;
  text: string;
  version: number;
}

/**
 * Invariants: the server always knows the documents of `#documents`, also after a restart; a server that died twice,
 * or answered too late twice, within `forgives` is not started again, and every request then fails at once. A death
 * over a draft does not count, and the draft is emptied.
 */
export class LanguageServer {
  readonly #options: LanguageServerOptions;
  readonly #documents = new Map<string, Document>();
  /** Questions without an answer yet. */
  readonly #asked = new Set<{ readonly method: string; readonly uri: string }>();
  /** It was killed since it answered too late about a draft. */
  #overDraft = false;
  #child: ChildProcess | undefined;
  /** Set once the server was initialised. */
  #connection: MessageConnection | undefined;
  #ready: Promise<void>;
  /** The process given at the start was used. */
  #begun = false;
  #diedAt = Number.NEGATIVE_INFINITY;
  #givenUp = false;
  #closed = false;

  constructor(options: LanguageServerOptions) {
    this.#options = options;
    this.#ready = this.#start();
    this.#ready.catch(() => {});
  }

  /** False once the server is given up. */
  get available(): boolean {
    return !this.#givenUp && !this.#closed;
  }

  /** True once documents are sent as they are set. */
  get started(): boolean {
    return this.#connection !== undefined;
  }

  /**
   * Opens a document, or changes it when it is open and the text differs.
   * @param options.opening Another text for the while that all documents are opened one by one: a tsconfig.json
   *   without libraries, so that the program that each of them makes the server build anew is a small one.
   */
  set(file: string, text: string, options: { language?: string; opening?: string } = {}): void {
    const uri = pathToFileURL(file).href;
    const known = this.#documents.get(uri);
    if (known?.text === text) return;
    if (known) {
      known.text = text;
      this.#change(uri, known);
      return;
    }
    const language = options.language ?? (file.endsWith(".json") ? "json" : "typescript");
    const document = {
      language,
      text,
      version: 1,
      ...(options.opening !== undefined && { opening: options.opening }),
    };
    this.#documents.set(uri, document);
    this.#notify("textDocument/didOpen", opened(uri, document, text));
  }

  close(file: string): void {
    const uri = pathToFileURL(file).href;
    if (this.#documents.delete(uri)) this.#notify("textDocument/didClose", { textDocument: { uri } });
  }

  /** Files changed on disk: the server reads them anew. */
  filesChanged(files: readonly string[]): void {
    const changes = files.map((file) => ({ uri: pathToFileURL(file).href, type: 2 }));
    this.#notify("workspace/didChangeWatchedFiles", { changes });
  }

  /** Asks about an open document. Rejects with a `LanguageServerError` when there is no answer in time. */
  async ask<T>(method: string, file: string, more: Record<string, unknown> = {}): Promise<T> {
    const uri = pathToFileURL(file).href;
    const question = { method, uri };
    this.#asked.add(question);
    try {
      return await this.request<T>(method, { textDocument: { uri }, ...more });
    } finally {
      this.#asked.delete(question);
    }
  }

  async request<T>(method: string, params: unknown): Promise<T> {
    await this.#ready;
    const connection = this.#connection;
    if (!connection) throw new LanguageServerError("the TypeScript language server is not running");
    try {
      return await this.#inTime(connection.sendRequest<T>(method, params), method);
    } catch (error) {
      if (error instanceof LanguageServerError) throw error;
      throw new LanguageServerError(`the TypeScript language server did not answer ${method}`, {
        cause: error,
      });
    }
  }

  /** Ends the process, which then counts as dead. */
  kill(): void {
    this.#child?.kill("SIGKILL");
  }

  /** Ends the server. */
  async dispose(): Promise<void> {
    this.#closed = true;
    const child = this.#child;
    this.#connection?.dispose();
    this.#connection = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.kill("SIGKILL");
    await ended;
  }

  async #start(): Promise<void> {
    // Not before the caller has the object: an error here must reach `tell` like any later one.
    await Promise.resolve();
    const given = this.#begun ? undefined : this.#options.process;
    this.#begun = true;
    const { child, ended } = given ?? startServerProcess(this.#options.executable);
    this.#child = child;
    ended.catch((error) => this.#ended(child, error));
    if (!child?.stdin || !child.stdout) return await ended;
    const connection = createMessageConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    connection.onError(() => {});
    connection.onRequest((method, params) => answerServer(method, params));
    connection.listen();
    await Promise.race([
      ended,
      this.#inTime(connection.sendRequest("initialize", CAPABILITIES), "initialize"),
    ]);
    // In one go, so that no change of a document falls between.
    this.#connection = connection;
    this.#notify("initialized", {});
    for (const [uri, document] of this.#documents) {
      this.#notify("textDocument/didOpen", opened(uri, document, document.opening ?? document.text));
    }
    for (const [uri, document] of this.#documents)
      if (document.opening !== undefined) this.#change(uri, document);
  }

  #ended(child: ChildProcess | undefined, error: Error): void {
    if (this.#closed || child !== this.#child) return;
    this.#connection?.dispose();
    this.#connection = undefined;
    if (this.#overDraft || this.#emptyDrafts()) {
      this.#overDraft = false;
      this.#options.tell(`${error.message} over code that is being written, and is started again`);
      this.#again();
      return;
    }
    const now = performance.now();
    this.#givenUp = now - this.#diedAt < (this.#options.forgives ?? 600_000);
    this.#diedAt = now;
    if (this.#givenUp) {
      this.#options.tell(
        `${error.message} again: cells run unchecked from now on; restart the kernel to check them`,
      );
      return;
    }
    this.#options.tell(`${error.message} and is started again; this cell may run unchecked`);
    this.#again();
  }

  #again(): void {
    this.#ready = this.#start();
    this.#ready.catch(() => {});
  }

  /** Documents that something other than their faults was asked about are drafts: their text was the server's end. */
  #emptyDrafts(): boolean {
    const drafts = [...this.#asked].filter(({ method }) => method !== "textDocument/diagnostic");
    for (const { uri } of drafts) {
      const document = this.#documents.get(uri);
      if (document) document.text = "";
    }
    return drafts.length > 0;
  }

  /** A server that hangs is killed, which counts as its death. */
  async #inTime<T>(answer: Promise<T>, method: string): Promise<T> {
    const limit = this.#options.timeout ?? 10_000;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(
          new LanguageServerError(
            `the TypeScript language server did not answer ${method} within ${limit} ms`,
          ),
        );
        this.#overDraft = this.#emptyDrafts();
        this.#child?.kill("SIGKILL");
      }, limit);
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  #change(uri: string, document: Document): void {
    document.version++;
    const contentChanges = [{ text: document.text }];
    this.#notify("textDocument/didChange", {
      textDocument: { uri, version: document.version },
      contentChanges,
    });
  }

  #notify(method: string, params: unknown): void {
    // A document set before the server is ready is sent by `#start`, which goes through all of them.
    this.#connection?.sendNotification(method, params).catch(() => {});
  }
}

function opened(uri: string, { language, version }: Document, text: string) {
  return { textDocument: { uri, languageId: language, version, text } };
}

/** What the server may ask of an editor: its settings. */
function answerServer(method: string, params: unknown): unknown {
  if (method !== "workspace/configuration") return null;
  const { items } = params as { items: { section?: string }[] };
  return items.map(({ section }) => (section === "editor" ? null : SETTINGS));
}

/** A completion that would also add an import has nowhere to put it; collecting them costs 100 ms and more. */
const SETTINGS = {
  suggest: { autoImports: false },
  tsserver: { automaticTypeAcquisition: { enabled: false } },
};

const CAPABILITIES = {
  processId: process.pid,
  rootUri: null,
  capabilities: {
    textDocument: {
      diagnostic: {},
      hover: { contentFormat: ["markdown"] },
      completion: {
        contextSupport: true,
        completionItem: { documentationFormat: ["markdown"], labelDetailsSupport: true },
      },
      signatureHelp: { signatureInformation: { documentationFormat: ["markdown"] } },
    },
    workspace: { didChangeWatchedFiles: {}, configuration: true },
  },
};
