/** Asks the drawing thread. It starts with the first question and keeps nobody's process alive. */
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import type { DrawQuestion, DrawReply } from "./thread.js";

/** What the thread answered, or what went wrong. */
export type Drawn = { readonly result: unknown } | { readonly error: Error };

export interface Drawing {
  /** Takes the answer if it is there, where no turn of the event loop would bring it. */
  poll(): void;
}

/** Invariant: the thread is referenced exactly while somebody waits for it. */
let thread: Worker | undefined;
const waiting = new Set<(drawn: Drawn) => void>();

/** @throws what went wrong in the thread; an Error when the thread itself died. */
export function draw(request: DrawQuestion): Promise<unknown> {
  return new Promise((resolve, reject) => {
    beginDrawing(request, (drawn) => ("error" in drawn ? reject(drawn.error) : resolve(drawn.result)));
  });
}

/** @param done called once: in a turn of the event loop, or by `poll`. */
export function beginDrawing(request: DrawQuestion, done: (drawn: Drawn) => void): Drawing {
  const worker = thread ?? start();
  const { port1: port, port2 } = new MessageChannel();
  const end = (drawn: Drawn) => {
    if (!waiting.delete(end)) return;
    port.close();
    if (waiting.size === 0) worker.unref();
    done(drawn);
  };
  const take = (reply: DrawReply) => end("error" in reply ? { error: asError(reply.error) } : reply);
  waiting.add(end);
  worker.ref();
  port.on("message", take);
  // The thread itself keeps the process alive meanwhile.
  port.unref();
  worker.postMessage({ ...request, port: port2 }, [port2]);
  return {
    poll() {
      const received = receiveMessageOnPort(port) as { readonly message: DrawReply } | undefined;
      if (received) take(received.message);
    },
  };
}

function asError(error: { readonly message: string }): Error {
  return Object.assign(new Error(error.message), error);
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
  worker.on("error", (error) => fail(worker, error));
  worker.on("exit", (code) =>
    fail(worker, new Error(`draw board: the drawing thread ended with code ${code}`)),
  );
  return worker;
}

function fail(worker: Worker, error: Error): void {
  if (thread === worker) thread = undefined;
  for (const end of [...waiting]) end({ error });
}

/** The compiled thread, also when this file runs as TypeScript (in a test). */
function threadFile(): URL {
  const compiled = !import.meta.url.endsWith(".ts");
  return new URL(compiled ? "./thread.js" : "../../../dist/src/board/render/thread.js", import.meta.url);
}
