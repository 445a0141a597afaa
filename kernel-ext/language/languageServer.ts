/** TypeScript 7's language server as a child process, with documents that live in memory only. */
import type { ChildProcess } from "node:child_process";
import { pathToFileURL } from "node:url";
import { CancellationTokenSource, type MessageConnection } from "vscode-jsonrpc/node";
import { type DocumentOptions, OpenDocuments } from "./openDocuments.js";
import { inTime, type Patience, unlessAborted } from "./patience.js";
import { processorTime } from "./processorTime.js";
import { CAPABILITIES, serverConnection } from "./serverConnection.js";
import { LanguageServerError, LateAnswer, type ServerProcess, startServerProcess } from "./serverProcess.js";

export interface LanguageServerOptions {
  /** Told what a person should know: that the server died, that it was started again. */
  readonly tell: (message: string) => void;
  /** Milliseconds of the server's work after which a request is given up. Default 10,000. */
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

/**
 * Invariants: the server always knows the documents of `#documents`, also after a restart; a server that died twice
 * within `forgives` is not started again, and every request then fails at once. A death over a draft does not count,
 * and the draft is emptied. One that does not let go of a question that nobody asks any more is replaced, which is no
 * death: the question was to blame.
 */
export class LanguageServer {
  readonly #options: LanguageServerOptions;
  // One set before the server is ready is sent by `#start`, which goes through all of them.
  readonly #documents = new OpenDocuments((method, params) => this.#notify(method, params));
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

  /** Opens a document, or changes it when it is open and the text differs. */
  set(file: string, text: string, options: DocumentOptions = {}): void {
    this.#documents.set(file, text, options);
  }

  close(file: string): void {
    this.#documents.close(file);
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
    // A connection whose server is gone throws at once.
    const answer = (async () => await connection.sendRequest<T>(method, params, question.token))();
    try {
      return await unlessAborted(inTime(answer, this.#patience(method)), signal);
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
      // That a cell's types take too long is told as its error.
      if (this.#emptyDrafts([asked]))
        this.#options.tell(
          "the TypeScript language server took too long over code that is being written, and is started again",
        );
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
    if (this.#closed) {
      given?.child?.kill("SIGKILL");
      throw new LanguageServerError("the TypeScript language server was ended before it began");
    }
    const { child, ended } = given ?? startServerProcess(this.#options.executable);
    this.#child = child;
    ended.catch((error) => this.#ended(child, error));
    const connection = child && serverConnection(child);
    if (!connection) return await ended;
    // One that cannot be spoken to counts as dead, whether its process knows it or not.
    connection.onClose(() => child.kill("SIGKILL"));
    try {
      const answer = connection.sendRequest("initialize", CAPABILITIES);
      const initialized = inTime(answer, this.#patience("initialize"));
      await Promise.race([ended, initialized]);
    } catch (error) {
      // A server that cannot even begin counts as dead.
      child.kill("SIGKILL");
      throw error;
    }
    // In one go, so that no change of a document falls between.
    this.#connection = connection;
    this.#notify("initialized", {});
    this.#documents.sendAll();
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
    this.#documents.empty(drafts.map(({ uri }) => uri));
    return drafts.length > 0;
  }

  #patience(method: string): Patience {
    const pid = this.#child?.pid;
    const used = () => (pid === undefined ? undefined : processorTime(pid));
    return { method, limit: this.#options.timeout ?? 10_000, used };
  }

  /** What a server is not told because its end is at hand, the next one is told by `sendAll`. */
  #notify(method: string, params: unknown): void {
    const notified = (async () => await this.#connection?.sendNotification(method, params))();
    notified.catch(() => {});
  }
}
