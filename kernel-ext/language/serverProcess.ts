/** The process of TypeScript 7's language server. Apart, so that the front can start it before it reads anything else. */
import { type ChildProcess, spawn } from "node:child_process";
import { typescriptExecutable } from "./typescriptExecutable.js";

/**
 * Go's garbage collector begins when the heap has grown by so many per cent. 50 keeps 35 MB less, but each twentieth cell
 * waits a quarter longer; 200 keeps 50 MB more and is no faster.
 */
const GOGC = "100";

/** The server answered too late, died, or could not be started. The caller goes on without it. */
export class LanguageServerError extends Error {
  override readonly name = "LanguageServerError";
}

/** The server is alive, and at work on the question for too long. */
export class LateAnswer extends LanguageServerError {
  /** @param limit in milliseconds. */
  constructor(
    method: string,
    readonly limit: number,
  ) {
    super(`the TypeScript language server did not answer ${method} within ${limit} ms`);
  }
}

export interface ServerProcess {
  /** Missing when there is no program to run. */
  readonly child?: ChildProcess;
  /** Rejects with a `LanguageServerError` when the process ended, or could not be started. */
  readonly ended: Promise<never>;
}

/**
 * Never throws: `ended` tells what went wrong.
 * @param executable Default: the one of the `typescript` package.
 */
export function startServerProcess(executable?: string): ServerProcess {
  let child: ChildProcess;
  try {
    child = spawn(executable ?? typescriptExecutable(), ["--lsp", "--stdio"], {
      stdio: ["pipe", "pipe", "pipe"],
      env: { GOGC, ...process.env },
    });
  } catch (error) {
    return { ended: handled(Promise.reject(cannotStart(error))) };
  }
  const complaint = lastWords(child);
  child.stdin?.on("error", () => {});
  const ended = new Promise<never>((_, reject) => {
    child.once("error", (error) => reject(cannotStart(error)));
    child.once("exit", () =>
      reject(new LanguageServerError(`the TypeScript language server ended${complaint()}`)),
    );
  });
  return { child, ended: handled(ended) };
}

function cannotStart(cause: unknown): LanguageServerError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new LanguageServerError(`the TypeScript language server cannot start: ${reason}`, { cause });
}

/** Whoever waits for it learns of the rejection; that nobody does yet is no fault. */
function handled(ended: Promise<never>): Promise<never> {
  ended.catch(() => {});
  return ended;
}

/** Reads the error stream and tells the line that says why the process ended, if one does. */
function lastWords({ stderr }: ChildProcess): () => string {
  let text = "";
  stderr?.on("data", (data) => {
    if (text.length < 100_000) text += String(data);
  });
  return () => {
    const line = /^(panic|fatal error|runtime).*$/m.exec(text)?.[0];
    return line === undefined ? "" : ` (${line})`;
  };
}
