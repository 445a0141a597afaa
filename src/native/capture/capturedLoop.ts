import type { Pointer } from "../ffi.js";
import type { Handle } from "../handles.js";
import type { CapturedFunction } from "./capturedFunction.js";

/**
 * A captured function with those that it calls by name.
 *
 * Lifecycle: called any number of times, disposed once.
 */
export class CapturedLoop {
  readonly #call: CapturedFunction;
  readonly #parts: readonly CapturedFunction[];

  constructor(call: CapturedFunction, parts: readonly CapturedFunction[]) {
    this.#call = call;
    this.#parts = parts;
  }

  /** What noting the ops of all of it took, in milliseconds. */
  get tracing(): number {
    return this.#call.tracing;
  }

  /** Milliseconds of its first run; undefined before that has ended. */
  get firstRun(): number | undefined {
    return this.#call.firstRun;
  }

  /** Runs on this thread. */
  run(inputs: readonly Handle[]): Pointer[] {
    return this.#call.run(inputs);
  }

  /** Runs on a thread of its own, so that the event loop goes on. */
  runAside(inputs: readonly Handle[]): Promise<Pointer[]> {
    return this.#call.runAside(inputs);
  }

  dispose(): void {
    for (const call of [this.#call, ...this.#parts]) call.dispose();
  }
}
