/** The documents that a language server is to know, by what it is told of them. */
import { pathToFileURL } from "node:url";

interface Document {
  readonly language: string;
  /** The text it has while the documents are opened one by one at the server's start. */
  opening: string | undefined;
  text: string;
  version: number;
}

export interface DocumentOptions {
  /** Default: by the file's ending, JSON or TypeScript. */
  readonly language?: string;
  /**
   * Another text for the while that all documents are opened one by one: a tsconfig.json without libraries, so that
   * the program that each of them makes the server build anew is a small one.
   */
  readonly opening?: string;
}

/** Invariant: a server that was sent everything since `sendAll` knows each document with the text it has here. */
export class OpenDocuments {
  readonly #documents = new Map<string, Document>();
  readonly #send: (method: string, params: unknown) => void;

  constructor(send: (method: string, params: unknown) => void) {
    this.#send = send;
  }

  /** Opens a document, or changes it when it is open and the text differs. */
  set(file: string, text: string, { language, opening }: DocumentOptions): void {
    const uri = pathToFileURL(file).href;
    const known = this.#documents.get(uri);
    if (known) {
      known.opening = opening ?? known.opening;
      if (known.text === text) return;
      known.text = text;
      this.#change(uri, known);
      return;
    }
    const byEnding = file.endsWith(".json") ? "json" : "typescript";
    const document = { language: language ?? byEnding, text, version: 1, opening };
    this.#documents.set(uri, document);
    this.#open(uri, document, text);
  }

  close(file: string): void {
    const uri = pathToFileURL(file).href;
    if (this.#documents.delete(uri)) this.#send("textDocument/didClose", { textDocument: { uri } });
  }

  /** Tells a server that knows nothing yet of all of them. */
  sendAll(): void {
    for (const [uri, document] of this.#documents)
      this.#open(uri, document, document.opening ?? document.text);
    for (const [uri, document] of this.#documents)
      if (document.opening !== undefined) this.#change(uri, document);
  }

  /** Takes the text of documents away, for the next server. */
  empty(uris: Iterable<string>): void {
    for (const uri of uris) {
      const document = this.#documents.get(uri);
      if (document) document.text = "";
    }
  }

  #open(uri: string, { language, version }: Document, text: string): void {
    this.#send("textDocument/didOpen", { textDocument: { uri, languageId: language, version, text } });
  }

  #change(uri: string, document: Document): void {
    document.version++;
    const contentChanges = [{ text: document.text }];
    this.#send("textDocument/didChange", {
      textDocument: { uri, version: document.version },
      contentChanges,
    });
  }
}
