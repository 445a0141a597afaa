/** The notebook's own CommonJS files: one that changed on disk is loaded anew at the next import or require. */
import { statSync } from "node:fs";
import { createRequire } from "node:module";

const { cache } = createRequire(import.meta.url);

export class CommonFiles {
  /** As they were when this first saw them loaded. */
  private readonly stamps = new Map<string, string>();

  /** Forgets the loaded files that changed, and those that required them. Packages stay: their files do not change. */
  refresh(): void {
    const loaded = Object.values(cache).filter((module) => module !== undefined && isOwn(module.filename));
    const stale = new Set<string>();
    for (const { filename } of loaded as NodeJS.Module[]) {
      const stamp = stampOf(filename);
      const known = this.stamps.get(filename);
      this.stamps.set(filename, stamp);
      if (known !== undefined && known !== stamp) stale.add(filename);
    }
    for (let before = -1; before !== stale.size; ) {
      before = stale.size;
      for (const module of loaded as NodeJS.Module[])
        if (module.children.some(({ filename }) => stale.has(filename))) stale.add(module.filename);
    }
    for (const filename of stale) delete cache[filename];
  }
}

function isOwn(filename: string): boolean {
  return !/[\\/]node_modules[\\/]/.test(filename);
}

function stampOf(filename: string): string {
  const found = statSync(filename, { throwIfNoEntry: false });
  return found ? `${found.mtimeMs} ${found.size}` : "gone";
}
