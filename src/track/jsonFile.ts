/**
 * lowdb's adapter for one JSON file that only one process writes.
 *
 * lowdb's own adapter uses one fixed temporary name and no fsync, so that two writers corrupt each other
 * and a power cut can leave an empty file; here each write has its own name and is durable.
 */
import type { SyncAdapter } from "lowdb";
import { writeFileAtomic } from "../base/atomicFile.js";
import { textIfThere } from "../base/textIfThere.js";

export class JsonFile<T> implements SyncAdapter<T> {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** The content, or null if there is no such file. Throws a `SyntaxError` that names the file if it is no JSON. */
  read(): T | null {
    const text = textIfThere(this.#file);
    if (text === undefined) return null;
    try {
      return JSON.parse(text) as T;
    } catch (error) {
      throw new SyntaxError(`read ${this.#file}: it must hold JSON, but ${(error as Error).message}`);
    }
  }

  write(data: T): void {
    writeFileAtomic(this.#file, `${JSON.stringify(data, null, 2)}\n`);
  }
}
