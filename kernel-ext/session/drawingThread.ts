/** A thread that draws charts, for who waits without a turn of the event loop. */
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads";
import type { ChartQuestion, PersonChart } from "../../src/board/render/thread.js";
import { now } from "./primordials.js";

/** As it was before cells could replace it. */
const { wait } = Atomics;

/** How often it is looked, while an answer is waited for, whether the thread is still there, in milliseconds. */
const look = 50;

export interface ThreadBounds {
  /** How long a chart may take, in milliseconds. */
  readonly patience: number;
  /** Of the thread's heap: what a chart computes may have no end. */
  readonly heapMb: number;
}

/**
 * Invariant: whoever asks finds a thread that is at no other chart. One that was waited for in vain, be it because an
 * interrupt ended the wait, is ended, and the next question starts another.
 */
export class DrawingThread {
  /** Started by the first chart. */
  private worker: Worker | undefined;
  /** A question is without an answer: so it stays where an interrupt ended the wait. */
  private isAsked = false;

  /** @param file The thread's code, which answers each `ChartQuestion`. */
  constructor(
    private readonly file: URL,
    private readonly bounds: ThreadBounds,
  ) {}

  /** What it makes of the chart `json`; "late" where that takes too long, "ended" where the thread ended over it. */
  draw(json: string, grammar: ChartQuestion["grammar"]): PersonChart | "late" | "ended" {
    const { port1, port2 } = new MessageChannel();
    const state = new Int32Array(new SharedArrayBuffer(4));
    const question: ChartQuestion = { json, grammar, port: port2, state };
    if (this.isAsked) this.drop();
    this.worker ??= this.start();
    this.isAsked = true;
    this.worker.postMessage(question, [port2]);
    const isThere = awaitAnswer(state, port1, this.bounds.patience);
    const reply = receiveMessageOnPort(port1) as { message: PersonChart } | undefined;
    port1.close();
    if (!reply) this.drop();
    this.isAsked = false;
    return reply?.message ?? (isThere ? "late" : "ended");
  }

  private drop(): void {
    void this.worker?.terminate();
    this.worker = undefined;
  }

  private start(): Worker {
    // Flags and loaders of the session are not for this thread.
    const worker = new Worker(this.file, {
      execArgv: [],
      name: "tunelab chart",
      resourceLimits: { maxOldGenerationSizeMb: this.bounds.heapMb },
    });
    worker.unref();
    worker.on("error", () => {
      if (this.worker === worker) this.worker = undefined;
    });
    return worker;
  }
}

/** Waits for `state`. False where the thread has ended: of that no event comes while the event loop stands. */
function awaitAnswer(state: Int32Array, port: MessagePort, patience: number): boolean {
  const until = now() + patience;
  while (wait(state, 0, 0, look) === "timed-out" && now() < until) {
    // Node's own answer, of which its types are silent: nobody holds the other end.
    if ((port.postMessage(null) as unknown) === false) return false;
  }
  return true;
}
