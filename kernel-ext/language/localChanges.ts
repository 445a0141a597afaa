/** Tells which local files changed since they were last looked at: the type checker does not watch the disk. */
import { pathToFileURL } from "node:url";
import { linkedFile, localFile } from "./localFile.js";
import { fileStamp, localGraph } from "./localVersion.js";

export class LocalChanges {
  readonly #stamps = new Map<string, string>();

  /** The files that `modules` mean for a cell in `folder`, and those they import in turn, which are new or changed. */
  since(modules: readonly string[], folder: string): string[] {
    const cell = pathToFileURL(`${folder}/__cell__.mjs`).href;
    const changed: string[] = [];
    for (const module of modules) {
      const first = localFile(module, cell) ?? linkedFile(module, cell);
      for (const file of first ? localGraph(first) : []) {
        const stamp = fileStamp(file);
        if (this.#stamps.get(file) !== stamp) changed.push(file);
        this.#stamps.set(file, stamp);
      }
    }
    return changed;
  }
}
