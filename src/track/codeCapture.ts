/** Keeps the source of what runs beside the run. */
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, isAbsolute, join, parse, relative, sep } from "node:path";
import type { SourceText } from "../base/host.js";
import { safeName } from "./runFolder.js";
import { withoutAssignedSecrets } from "./withoutSecrets.js";

/**
 * Writes the sources, secrets left out, to `folder` and returns the files' names in the same order.
 *
 * Files lie there as they lie to each other, so that what they import by relative paths is found: of `/p/main.ts` and
 * `/p/lib/net.ts` there are `main.ts` and `lib/net.ts`. Cells, which have no path, lie at the top. Two sources of one name get
 * a number: `main.ts`, `2-main.ts`.
 */
export function captureCode(folder: string, sources: readonly SourceText[]): string[] {
  if (sources.length === 0) return [];
  const names = new Set<string>();
  const top = commonFolder(sources.map(({ name }) => name).filter((name) => isAbsolute(name)));
  for (const source of sources) {
    const base = isAbsolute(source.name) ? pathBelow(top, source.name) : safeName(basename(source.name));
    let name = base;
    for (let n = 2; names.has(name); n++) name = join(dirname(base), `${n}-${basename(base)}`);
    names.add(name);
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, withoutAssignedSecrets(source.text));
  }
  return [...names];
}

/** The deepest folder that has all these files below it; empty without files. */
function commonFolder(files: readonly string[]): string {
  const [first, ...others] = files.map((file) => dirname(file));
  let top = first ?? "";
  const has = (folder: string) =>
    folder === top || folder.startsWith(top.endsWith(sep) ? top : `${top}${sep}`);
  while (!others.every(has) && top !== parse(top).root) top = dirname(top);
  return top;
}

/** With the names that imports give, but for signs that no terminal should be sent. */
function pathBelow(top: string, file: string): string {
  return relative(top, file)
    .split(sep)
    .map((part) => (/\p{Cc}/u.test(part) ? safeName(part) : part))
    .join("/");
}
