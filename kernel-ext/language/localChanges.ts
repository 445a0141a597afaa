/** Tells which local files changed since they were last looked at: the type checker does not watch the disk. */
import { fileStamp, importedFiles, localGraph } from "./localVersion.js";

export class LocalChanges {
  readonly #stamps = new Map<string, string>();

  /** The files that `modules` mean for a cell in `folder`, and those they import in turn, which are new or changed. */
  since(modules: readonly string[], folder: string): string[] {
    return this.among(importedFiles(modules, folder));
  }

  /** Of `files` and those they import. */
  among(files: readonly string[]): string[] {
    const changed: string[] = [];
    for (const first of files) {
      for (const file of localGraph(first)) {
        const stamp = fileStamp(file);
        if (this.#stamps.get(file) !== stamp) changed.push(file);
        this.#stamps.set(file, stamp);
      }
    }
    return changed;
  }
}
