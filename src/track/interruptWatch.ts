/**
 * Has Ctrl-C noted in the runs that a program has open. A listener in the main thread would keep the signal from ending a
 * loop that gives the event loop no turn, so a thread of its own listens (`interruptThread.ts`), and does nothing where
 * the program listens itself.
 */
import { isMainThread, Worker } from "node:worker_threads";

export interface InterruptMessage {
  /** Of a run. */
  readonly dir: string;
  readonly isOpen: boolean;
}

/** Places in what both threads see: how many listeners the program has, and when it had one less, in milliseconds. */
export const [listeners, quiet] = [0, 1];
/** So long after a listener went an interrupt is taken for its. */
export const settled = 1000n;

let thread: Worker | undefined;

/** In a terminal's program; elsewhere whoever runs the code knows of interrupts. */
export function watchInterrupts(dir: string): void {
  if (!isMainThread) return;
  thread ??= start();
  tell({ dir, isOpen: true });
}

export function unwatchInterrupts(dir: string): void {
  tell({ dir, isOpen: false });
}

function tell(message: InterruptMessage): void {
  thread?.postMessage(message);
}

function start(): Worker {
  const state = new BigInt64Array(new SharedArrayBuffer(16));
  const count = () => BigInt(process.listenerCount("SIGINT"));
  Atomics.store(state, listeners, count());
  process.on("newListener", (name) => {
    if (name === "SIGINT") Atomics.store(state, listeners, count() + 1n);
  });
  process.on("removeListener", (name) => {
    if (name !== "SIGINT") return;
    Atomics.store(state, quiet, BigInt(Date.now()));
    Atomics.store(state, listeners, count());
  });
  const execArgv = ["--expose-internals"];
  const worker = new Worker(threadFile(), { execArgv, workerData: state, name: "tunelab interrupts" });
  worker.unref();
  // A Node in which it cannot listen: an interrupt ends the process all the same, and its runs count as killed.
  worker.on("error", () => {
    thread = undefined;
  });
  return worker;
}

/** The compiled thread, also when this file runs as TypeScript (in a test). */
function threadFile(): URL {
  const compiled = !import.meta.url.endsWith(".ts");
  return new URL(
    compiled ? "./interruptThread.js" : "../../dist/src/track/interruptThread.js",
    import.meta.url,
  );
}
