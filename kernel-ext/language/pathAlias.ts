/** tsconfig.json's `paths` at run time: the checker knows them by itself. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { userConfig } from "./userConfig.js";

/**
 * The absolute paths, without ending perhaps, that `name` may stand for in a module at `file`. A cell follows the
 * tsconfig.json beside it, another file the nearest above it.
 */
export function aliasedPaths(name: string, file: string): string[] {
  const paths = userConfig(configFolder(file)).options.paths as
    | Readonly<Record<string, string[]>>
    | undefined;
  if (!paths) return [];
  let best: { readonly length: number; readonly found: string[] } | undefined;
  for (const [pattern, targets] of Object.entries(paths)) {
    const [before = "", after] = pattern.split("*");
    const matches =
      after === undefined
        ? name === pattern
        : name.length >= before.length + after.length && name.startsWith(before) && name.endsWith(after);
    const length = after === undefined ? Number.POSITIVE_INFINITY : before.length;
    if (!matches || (best && best.length >= length)) continue;
    const star = name.slice(before.length, name.length - (after ?? "").length);
    best = { length, found: targets.map((target) => target.replace("*", star)) };
  }
  return best?.found ?? [];
}

/** Whose tsconfig.json a file follows. */
export function configFolder(file: string): string {
  const folder = dirname(file);
  if (file.endsWith("/__cell__.mjs")) return folder;
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, "tsconfig.json"))) return at;
    if (at === dirname(at)) return folder;
  }
}
