/** tsconfig.json's `paths` at run time: the checker knows them by itself. */
import { dirname } from "node:path";
import { userConfig } from "./userConfig.js";

/**
 * The absolute paths, without ending perhaps, that `name` may stand for in a module at `file`, by the nearest
 * tsconfig.json.
 */
export function aliasedPaths(name: string, file: string): string[] {
  const paths = userConfig(dirname(file)).options.paths as Readonly<Record<string, string[]>> | undefined;
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
