/** TypeScript 7's language server as a child process, with documents that live in memory only. */
import type { ChildProcess } from "node:child_process";
import { pathToFileURL } from "node:url";
import {
  CancellationTokenSource,
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-jsonrpc/node";
import { LanguageServerError, LateAnswer, type ServerProcess, startServerProcess } from "./serverProcess.js";

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

/** How long the server may take to let go of a question that was withdrawn, in milliseconds. */
const letGo = 500;

interface Asked {
  readonly method: string;
  readonly uri: string;
}

interface Document {
  readonly language: string;
  /** The text it has while the documents are opened one by one at the server's start. */
  opening: string | undefined;
  text: string;
  version: number;
}

/**
 * Invariants: the server always knows the documents of `#documents`, also after a restart; a server that died twice
 * within `forgives` is not started again, and every request then fails at once. A death over a draft does not count,
 * and the draft is emptied. One that does not let go of a question that nobody asks any more is replaced, which is no
 * death: the question was to blame.
 */
export class LanguageServer {
  readonly #options: LanguageServerOptions;
  readonly #documents = new Map<string, Document>();
  /** Questions without an answer yet. */
  readonly #asked = new Set<Asked>();
  #child: ChildProcess | undefined;
  /** Set once the server was initialised. */
  #connection: MessageConnection | undefined;
  /** That of the last server that did not let go. */
  #replaced: MessageConnection | undefined;
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
    if (known) {
      known.opening = options.opening ?? known.opening;
      if (known.text === text) return;
      known.text = text;
      this.#change(uri, known);
      return;
    }
    const language = options.language ?? (file.endsWith(".json") ? "json" : "typescript");
    const document = { language, text, version: 1, opening: options.opening };
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

  /**
   * Asks about an open document. Rejects with a `LanguageServerError` when there is no answer, a `LateAnswer` when there
   * is none in time, and with the signal's reason when it is aborted.
   */
  async ask<T>(
    method: string,
    file: string,
    more: Record<string, unknown> = {},
    signal?: AbortSignal,
  ): Promise<T> {
    const uri = pathToFileURL(file).href;
    const asked = { method, uri };
    this.#asked.add(asked);
    try {
      return await this.#request<T>(asked, more, signal);
    } finally {
      this.#asked.delete(asked);
    }
  }

  async #request<T>(
    asked: Asked,
    more: Record<string, unknown>,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    const { method, uri } = asked;
    const params = { textDocument: { uri }, ...more };
    await unlessAborted(this.#ready, signal);
    const connection = this.#connection;
    if (!connection) throw new LanguageServerError("the TypeScript language server is not running");
    const question = new CancellationTokenSource();
    const answer = connection.sendRequest<T>(method, params, question.token);
    try {
      return await unlessAborted(this.#inTime(answer, method), signal);
    } catch (error) {
      if (signal?.aborted || error instanceof LateAnswer) this.#withdraw(asked, { answer, question });
      if (signal?.aborted || error instanceof LanguageServerError) throw error;
      // Another question was to blame.
      if (this.#replaced === connection) return await this.#request(asked, more, signal);
      throw new LanguageServerError(`the TypeScript language server did not answer ${method}`, {
        cause: error,
      });
    }
  }

  /** Nobody wants this answer any more. A server that works on it all the same is replaced. */
  #withdraw(
    asked: Asked,
    { answer, question }: { answer: Promise<unknown>; question: CancellationTokenSource },
  ): void {
    const child = this.#child;
    question.cancel();
    const late = setTimeout(() => {
      if (child !== this.#child || this.#closed) return;
      this.#replaced = this.#connection;
      this.#connection?.dispose();
      this.#connection = undefined;
      this.#child = undefined;
      child?.kill("SIGKILL");
      this.#emptyDrafts([asked]);
      this.#restart();
    }, letGo);
    const settled = () => clearTimeout(late);
    answer.then(settled, settled);
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
    try {
      const initialized = this.#inTime(connection.sendRequest("initialize", CAPABILITIES), "initialize");
      await Promise.race([ended, initialized]);
    } catch (error) {
      // A server that cannot even begin counts as dead.
      child.kill("SIGKILL");
      throw error;
    }
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
    if (this.#emptyDrafts(this.#asked)) {
      this.#options.tell(`${error.message} over code that is being written, and is started again`);
      this.#restart();
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
    this.#restart();
  }

  #restart(): void {
    this.#ready = this.#start();
    this.#ready.catch(() => {});
  }

  /** Documents that something other than their faults was asked about are drafts: their text was the server's end. */
  #emptyDrafts(asked: Iterable<Asked>): boolean {
    const drafts = [...asked].filter(({ method }) => method !== "textDocument/diagnostic");
    for (const { uri } of drafts) {
      const document = this.#documents.get(uri);
      if (document) document.text = "";
    }
    return drafts.length > 0;
  }

  async #inTime<T>(answer: Promise<T>, method: string): Promise<T> {
    const limit = this.#options.timeout ?? 10_000;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new LateAnswer(method, limit)), limit);
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

/** Rejects with the signal's reason as soon as it is aborted. */
async function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return await answer;
  signal.throwIfAborted();
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([answer, aborted]);
  } finally {
    if (stop) signal.removeEventListener("abort", stop);
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
