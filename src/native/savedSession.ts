/** The graphs of saved models that are in memory: one for all that load the same folder. */
import { realpathSync } from "node:fs";
import { join } from "node:path";
import { fileVersion } from "../base/fileVersion.js";
import { binding } from "./binding.js";

interface Loaded {
  /** The binding's. */
  readonly id: number;
  users: number;
}

/** Invariant: holds what is loaded and has users, and nothing else. */
const loaded = new Map<string, Loaded>();

/** Lifecycle: opened by `openSession`; ends with `close`. The graph is freed with its last session. */
export class SavedSession {
  readonly #key: string;
  readonly #loaded: Loaded;
  #isOpen = true;

  constructor(key: string, of: Loaded) {
    this.#key = key;
    this.#loaded = of;
    of.users++;
  }

  /** The binding's; undefined once closed. */
  get id(): number | undefined {
    return this.#isOpen ? this.#loaded.id : undefined;
  }

  /** More often than once does nothing. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    if (--this.#loaded.users > 0) return;
    loaded.delete(this.#key);
    binding.deleteSavedModel(this.#loaded.id);
  }
}

/**
 * A graph as it lies in the folder now: one that was written anew since it was loaded is loaded once more.
 *
 * @throws TensorFlowError for what TensorFlow refuses.
 */
export function openSession(folder: string, tags: readonly string[]): SavedSession {
  // A model without variables has no index.
  const files = ["saved_model.pb", "variables/variables.index"].map((name) =>
    fileVersion(join(folder, name)),
  );
  const key = JSON.stringify([realpathSync(folder), [...tags].sort(), files]);
  let found = loaded.get(key);
  if (!found) {
    found = { id: binding.loadSavedModel(folder, tags.join(",")), users: 0 };
    loaded.set(key, found);
  }
  return new SavedSession(key, found);
}
