import { ReusedTensor } from "../reusedTensor.js";
import type { Structure } from "./structure.js";
import { disposeTraced, type TracedFunction } from "./traceFunction.js";

/** What was captured for one signature. */
export interface TracedEntry {
  readonly forward: TracedFunction;
  /** Of the function's result. */
  readonly result: Structure;
  /** Made when its first gradient is asked for. */
  backward?: TracedFunction;
}

/**
 * The captures of one function. Knows nothing of the function itself, so that it can be freed after that was forgotten.
 *
 * Lifecycle: filled and emptied any number of times, disposed once.
 * Invariant: in order of last use, oldest first; at most `capacity`.
 */
export class TracedStore {
  readonly #entries = new Map<string, TracedEntry>();
  readonly #capacity: number;
  #seed: ReusedTensor | undefined;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Fed to every call. */
  get seed(): ReusedTensor {
    this.#seed ??= new ReusedTensor(new Int32Array(2));
    return this.#seed;
  }

  /** By signature, the one used last at the end. */
  get entries(): ReadonlyMap<string, TracedEntry> {
    return this.#entries;
  }

  /** @param make captures it if it is not there (any more) */
  entry(signature: string, make: () => TracedEntry): TracedEntry {
    const found = this.#entries.get(signature) ?? make();
    this.#entries.delete(signature);
    this.#entries.set(signature, found);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#capacity) break;
      this.#drop(oldest);
    }
    return found;
  }

  clear(): void {
    for (const signature of this.#entries.keys()) this.#drop(signature);
  }

  dispose(): void {
    this.clear();
    this.#seed?.dispose();
    this.#seed = undefined;
  }

  #drop(signature: string): void {
    const { forward, backward } = this.#entries.get(signature) as TracedEntry;
    this.#entries.delete(signature);
    disposeTraced(forward);
    if (backward) disposeTraced(backward);
  }
}
