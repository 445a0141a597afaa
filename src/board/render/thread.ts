/**
 * The thread that draws: it reads run files and makes bundles and pages, so that nobody's main thread waits.
 *
 * One message in, one message out, in the order they came.
 */
import { parentPort } from "node:worker_threads";
import { fullBundle, liveBundle } from "../bundle.js";
import type { BoardSettings } from "../options.js";
import { page } from "../page.js";
import { readBoard } from "../read.js";
import type { BoardSources } from "../sources.js";

export interface DrawRequest {
  readonly id: number;
  readonly what: "full" | "live" | "page";
  readonly sources: BoardSources;
  readonly settings: BoardSettings;
}

export type DrawReply =
  | { readonly id: number; readonly result: unknown }
  | {
      readonly id: number;
      readonly error: { readonly name: string; readonly message: string; readonly stack?: string };
    };

async function draw({ what, sources, settings }: DrawRequest): Promise<unknown> {
  const data = readBoard(sources, settings);
  if (what === "live") return liveBundle(data, settings);
  return what === "full" ? fullBundle(data, settings) : page(data, settings);
}

async function answer(request: DrawRequest): Promise<DrawReply> {
  try {
    return { id: request.id, result: await draw(request) };
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    return { id: request.id, error: { name, message, ...(stack ? { stack } : {}) } };
  }
}

let last: Promise<unknown> = Promise.resolve();
parentPort?.on("message", (request: DrawRequest) => {
  last = last.then(async () => parentPort?.postMessage(await answer(request)));
});
