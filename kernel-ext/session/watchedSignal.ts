/** The signal of a cell, which knows whether somebody looks out for it: such code is given the time to end by itself. */
import { getEventListeners } from "node:events";
import { defineOwn, now, OwnAbortController } from "./primordials.js";

/** Who polls the signal does so at least this often, in milliseconds (`host.ts` asks for 50). */
const pollsWithin = 200;

/** The two ways in which code polls. Methods of `AbortSignal` that take listeners need no help: Node knows them. */
const { get: abortedOf } = Object.getOwnPropertyDescriptor(AbortSignal.prototype, "aborted") as {
  get: () => boolean;
};
const { throwIfAborted } = AbortSignal.prototype;

/** Invariant: work that has ended is not taken to look out still, so that a cell's next line ends at once. */
export class WatchedSignal {
  readonly signal: AbortSignal;
  readonly #controller = new OwnAbortController();
  #polled = Number.NEGATIVE_INFINITY;

  constructor() {
    this.signal = this.#controller.signal;
    const poll = () => {
      this.#polled = now();
    };
    defineOwn(this.signal, {
      aborted: {
        get() {
          poll();
          return abortedOf.call(this);
        },
        configurable: true,
      },
      throwIfAborted: {
        value() {
          poll();
          throwIfAborted.call(this);
        },
        configurable: true,
        writable: true,
      },
    });
  }

  /** Somebody listens to the signal, or polled it a moment ago. */
  get isWatched(): boolean {
    if (now() - this.#polled < pollsWithin) return true;
    return this.signal.onabort != null || getEventListeners(this.signal, "abort").length > 0;
  }

  abort(reason: unknown): void {
    this.#controller.abort(reason);
  }
}
