/** Serves a board as a page that follows its runs while they train. */
import { Worker } from "node:worker_threads";
import { type OptionNames, refuseUnknown } from "../../base/knownOptions.js";
import { resolveHere } from "../../base/workingFolder.js";
import { type BoardOptions, boardOptionNames, boardSettings } from "../options.js";
import { type BoardInput, boardSources } from "../sources.js";
import { servedFolders } from "./servedSources.js";
import type { ServeReply, ServeRequest } from "./thread.js";

export interface ServeBoardOptions extends Omit<BoardOptions, "html"> {
  /** 0 to 65535. Default 0: any free one. */
  readonly port?: number;
  /** An address or name of this machine to listen on. Default 127.0.0.1: nobody from another machine reaches it. */
  readonly host?: string;
}

const { html: _, ...drawn } = boardOptionNames;
const known: OptionNames<ServeBoardOptions> = { ...drawn, port: true, host: true };

export interface ServedBoard {
  /** With the token: whoever has it sees the board. */
  readonly url: string;
  readonly port: number;
  /** Ends the server. Pages that are open keep what they show. */
  close(): Promise<void>;
  /** Resolves when it has ended: to why, where that was not by `close`. */
  readonly ended: Promise<Error | undefined>;
}

/**
 * Starts a server, by default on loopback, in a thread of its own, until `close` or the end of the process, which it does
 * not hold up.
 *
 * @param runs names, ids, globs or folders of runs and sweeps, looked up again and again. Without: all in the folders.
 * @throws RangeError, TypeError or SyntaxError for a bad option or an unknown run; what the system says of the port.
 * @example
 * const served = await serveBoard("baseline*");
 * console.log(served.url);
 * await served.close();
 */
export async function serveBoard(
  runs: BoardInput | readonly BoardInput[] = [],
  options: ServeBoardOptions = {},
): Promise<ServedBoard> {
  refuseUnknown("serveBoard", options, known);
  const { port = 0, host = "127.0.0.1" } = options;
  if (!(Number.isInteger(port) && port >= 0 && port <= 65535))
    throw new RangeError(`serve board: port must be a whole number from 0 to 65535; it was given ${port}`);
  const settings = boardSettings(options);
  const folders = servedFolders(absolute(options));
  const inputs = ([runs].flat() as BoardInput[]).map(plain);
  if (inputs.length > 0) boardSources(inputs, folders);
  return startThread({ inputs, folders, settings, port, host });
}

function absolute({
  runsDir,
  sweepsDir,
}: ServeBoardOptions): Pick<ServeBoardOptions, "runsDir" | "sweepsDir"> {
  return {
    ...(runsDir === undefined ? {} : { runsDir: resolveHere(runsDir) }),
    ...(sweepsDir === undefined ? {} : { sweepsDir: resolveHere(sweepsDir) }),
  };
}

/** Of an object only its folder: it goes to another thread. */
function plain(input: BoardInput): BoardInput {
  return typeof input === "object" && input !== null ? { dir: input.dir } : input;
}

async function startThread(request: ServeRequest): Promise<ServedBoard> {
  const worker = new Worker(threadFile(), {
    execArgv: [],
    name: "tunelab board server",
    workerData: request,
  });
  let closing = false;
  const close = async () => {
    closing = true;
    await worker.terminate();
  };
  const ended = endOf(worker, () => closing);
  const reply = await Promise.race([replyOf(worker), ended]);
  if (reply === undefined || reply instanceof Error) throw reply ?? new Error("serve board: it was closed");
  if ("error" in reply) {
    await close();
    throw Object.assign(new Error(`serve board: ${reply.error.message}`), { name: reply.error.name });
  }
  worker.unref();
  return { url: reply.url, port: reply.port, close, ended };
}

function replyOf(worker: Worker): Promise<ServeReply> {
  return new Promise((resolve) => worker.once("message", resolve));
}

/** What ended it, where nobody asked for it. A thread says an error before it says that it has ended. */
function endOf(worker: Worker, isAsked: () => boolean): Promise<Error | undefined> {
  return new Promise((resolve) => {
    let message = "";
    worker.once("error", (error: Error) => {
      message = `: ${error.message}`;
    });
    worker.once("exit", (code) => {
      const why = new Error(`serve board: its thread has ended by itself, with code ${code}${message}`);
      resolve(isAsked() ? undefined : why);
    });
  });
}

/** The compiled thread, also when this file runs as TypeScript (in a test). */
function threadFile(): URL {
  const compiled = !import.meta.url.endsWith(".ts");
  return new URL(compiled ? "./thread.js" : "../../../dist/src/board/server/thread.js", import.meta.url);
}
