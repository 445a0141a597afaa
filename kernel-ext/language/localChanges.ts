/** Tells which local files changed since they were last looked at: the type checker does not watch the disk. */
import { pathToFileURL } from "node:url";
import { linkedFile, localFile } from "./localFile.js";
import { fileStamp, localGraph } from "./localVersion.js";

export class LocalChanges {
  readonly #stamps = new Map<string, string>();

  /** The files that `modules` mean for a cell in `folder`, and those they import in turn, which are new or changed. */
  since(modules: readonly string[], folder: string): string[] {
    const cell = pathToFileURL(`${folder}/__cell__.mjs`).href;
    return this.among(modules.flatMap((module) => localFile(module, cell) ?? linkedFile(module, cell) ?? []));
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
