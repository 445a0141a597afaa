/** Serves a board as a page that follows its runs while they train. */
import { Worker } from "node:worker_threads";
import { resolveHere } from "../../base/workingFolder.js";
import { type BoardOptions, boardSettings } from "../options.js";
import { type BoardInput, boardSources } from "../sources.js";
import { servedFolders } from "./servedSources.js";
import type { ServeReply, ServeRequest } from "./thread.js";

export interface ServeBoardOptions extends Omit<BoardOptions, "html"> {
  /** 0 to 65535. Default 0: any free one. */
  readonly port?: number;
  /** An address or name of this machine to listen on. Default 127.0.0.1: nobody from another machine reaches it. */
  readonly host?: string;
}

export interface ServedBoard {
  /** With the token: whoever has it sees the board. */
  readonly url: string;
  readonly port: number;
  /** Ends the server. Pages that are open keep what they show. */
  close(): Promise<void>;
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

function startThread(request: ServeRequest): Promise<ServedBoard> {
  const worker = new Worker(threadFile(), {
    execArgv: [],
    name: "tunelab board server",
    workerData: request,
  });
  return new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.once("message", (reply: ServeReply) => {
      if ("error" in reply) {
        void worker.terminate();
        reject(Object.assign(new Error(`serve board: ${reply.error.message}`), { name: reply.error.name }));
        return;
      }
      worker.unref();
      const close = async () => {
        await worker.terminate();
      };
      resolve({ url: reply.url, port: reply.port, close });
    });
  });
}

/** The compiled thread, also when this file runs as TypeScript (in a test). */
function threadFile(): URL {
  const compiled = !import.meta.url.endsWith(".ts");
  return new URL(compiled ? "./thread.js" : "../../../dist/src/board/server/thread.js", import.meta.url);
}
