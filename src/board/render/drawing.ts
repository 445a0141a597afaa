/** Asks the drawing thread. It starts with the first question and keeps nobody's process alive. */
import { Worker } from "node:worker_threads";
import type { DrawQuestion, DrawReply } from "./thread.js";

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Invariant: the thread is referenced exactly while somebody waits for it. */
let thread: Worker | undefined;
const waiting = new Map<number, Waiting>();
let counter = 0;

/** @throws what went wrong in the thread; an Error when the thread itself died. */
export function draw(request: DrawQuestion): Promise<unknown> {
  const worker = thread ?? start();
  const id = ++counter;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    worker.ref();
    worker.postMessage({ ...request, id });
  });
}

/** Ends the thread. The next question starts a new one. */
export async function stopDrawing(): Promise<void> {
  const worker = thread;
  thread = undefined;
  await worker?.terminate();
}

function start(): Worker {
  // execArgv: flags and loaders of the session are not for this thread.
  const worker = new Worker(threadFile(), { execArgv: [], name: "tunelab board" });
  thread = worker;
  worker.on("message", (reply: DrawReply) => {
    const asked = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (waiting.size === 0) worker.unref();
    if ("error" in reply) asked?.reject(Object.assign(new Error(reply.error.message), reply.error));
    else asked?.resolve(reply.result);
  });
  worker.on("error", (error) => fail(worker, error));
  worker.on("exit", (code) =>
    fail(worker, new Error(`draw board: the drawing thread ended with code ${code}`)),
  );
  return worker;
}

function fail(worker: Worker, error: Error): void {
  if (thread === worker) thread = undefined;
  for (const { reject } of waiting.values()) reject(error);
  waiting.clear();
}

/** The compiled thread, also when this file runs as TypeScript (in a test). */
function threadFile(): URL {
  const compiled = !import.meta.url.endsWith(".ts");
  return new URL(compiled ? "./thread.js" : "../../../dist/src/board/render/thread.js", import.meta.url);
}
