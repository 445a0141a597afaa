/** Modules of packages by the package's name, where TypeScript writes the path of a file in it. */
import { resolve } from "node:path";
import { KERNEL_ROOT } from "./kernelRoot.js";

/**
 * `typeof import("/long/path/node_modules/lib/dist/index")` → `typeof import("lib")`; files of no package stay.
 * @param folder Which relative paths start from.
 */
export function withPackageNames(text: string, folder: string): string {
  return text.replaceAll(
    /\b(import\("|module "|Module '")([^"]+)"/g,
    (_, before: string, path: string) =>
      `${before}${packageAt(/^\.\.?\//.test(path) ? resolve(folder, path) : path) ?? path}"`,
  );
}

/** The package that a file belongs to, declarations that others wrote for it included. */
function packageAt(path: string): string | undefined {
  const below = /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)(?:\/|$)/.exec(path)?.[1];
  if (below !== undefined)
    return below.replace(/^@types\/(?:(.+)__)?/, (_, scope) => (scope ? `@${scope}/` : ""));
  return path.startsWith(`${KERNEL_ROOT}dist/`) ? "tunelab" : undefined;
}
