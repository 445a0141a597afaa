/** Keeps the source of what runs beside the run. */
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { SourceText } from "../base/host.js";
import { safeName } from "./runFolder.js";
import { withoutAssignedSecrets } from "./withoutSecrets.js";

/**
 * Writes the sources, secrets left out, to `folder` and returns the files' names in the same order.
 * Two sources of one name get a number: `main.ts`, `2-main.ts`.
 */
export function captureCode(folder: string, sources: readonly SourceText[]): string[] {
  if (sources.length === 0) return [];
  mkdirSync(folder, { recursive: true });
  const names = new Set<string>();
  for (const source of sources) {
    const base = safeName(basename(source.name));
    let name = base;
    for (let n = 2; names.has(name); n++) name = `${n}-${base}`;
    names.add(name);
    writeFileSync(join(folder, name), withoutAssignedSecrets(source.text));
  }
  return [...names];
}
