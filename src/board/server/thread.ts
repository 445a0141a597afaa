/** The thread in which a board is served: a training in the main thread does not make it wait, nor it a training. */
import { parentPort, workerData } from "node:worker_threads";
import type { BoardSettings } from "../options.js";
import type { BoardInput } from "../sources.js";
import { BoardServer } from "./boardServer.js";
import { type ServedFolders, servedSources } from "./servedSources.js";

export interface ServeRequest {
  readonly inputs: readonly BoardInput[];
  readonly folders: ServedFolders;
  readonly settings: BoardSettings;
  readonly port: number;
  readonly host: string;
}

export type ServeReply =
  | { readonly url: string; readonly port: number }
  | { readonly error: { readonly name: string; readonly message: string } };

/** What is looked at again and again is told once. */
function tellOnce(): void {
  const told = new Set<string>();
  const { warn } = console;
  console.warn = (sentence: string) => {
    if (!told.has(sentence)) warn(sentence);
    told.add(sentence);
  };
}

async function start({ inputs, folders, settings, port, host }: ServeRequest): Promise<ServeReply> {
  try {
    const server = await BoardServer.start({
      settings,
      port,
      host,
      find: () => servedSources(inputs, folders),
    });
    return { url: server.url, port: server.port };
  } catch (error) {
    const { name, message } = error as Error;
    return { error: { name, message } };
  }
}

tellOnce();
parentPort?.postMessage(await start(workerData as ServeRequest));
