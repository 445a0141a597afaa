/** The values that tunelab exports, read off its module: a list kept beside it would lack what was added since. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "oxc-parser";
import { KERNEL_ROOT } from "./kernelRoot.js";

let known: readonly string[] | undefined;

/** Reads them, once: the module holds nothing but exports. */
export function tunelabNames(): readonly string[] {
  known ??= exportsOf(join(KERNEL_ROOT, "dist", "src", "index.js"));
  return known;
}

function exportsOf(file: string): string[] {
  const { module } = parseSync(file, readFileSync(file, "utf8"));
  return module.staticExports
    .flatMap(({ entries }) => entries)
    .flatMap(({ exportName: { name } }) => name ?? []);
}
