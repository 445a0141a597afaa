/** A name for the present state of a local file and of every local file it imports. */
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { parseSync } from "oxc-parser";
import { linkedFile, localFile } from "./localFile.js";
import { isShallow } from "./nesting.js";

interface Parsed {
  readonly stamp: string;
  readonly imports: readonly string[];
}

const parsed = new Map<string, Parsed>();

/** Changes when `file`, or a file in its graph of local imports, changed on disk. */
export function localVersion(file: string): string {
  const hash = createHash("sha1");
  for (const part of localGraph(file)) hash.update(`${part} ${inspectFile(part).stamp}\n`);
  return hash.digest("hex").slice(0, 12);
}

/** Changes with the file on disk. */
export function fileStamp(file: string): string {
  return inspectFile(file).stamp;
}

/** The local files that `modules` mean for a cell in `folder`. */
export function importedFiles(modules: readonly string[], folder: string): string[] {
  const cell = pathToFileURL(`${folder}/__cell__.mjs`).href;
  return modules.flatMap((module) => localFile(module, cell) ?? linkedFile(module, cell) ?? []);
}

/** `file` and the local files it imports, directly or not, sorted. */
export function localGraph(file: string): string[] {
  const seen = new Set<string>([file]);
  const open = [file];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const parent = pathToFileURL(next).href;
    for (const name of inspectFile(next).imports) {
      const target = localFile(name, parent) ?? linkedFile(name, parent);
      if (target && !seen.has(target)) {
        seen.add(target);
        open.push(target);
      }
    }
  }
  return [...seen].sort();
}

function inspectFile(file: string): Parsed {
  const { mtimeMs, size } = statSync(file);
  const stamp = `${mtimeMs} ${size}`;
  const known = parsed.get(file);
  if (known?.stamp === stamp) return known;
  const fresh = { stamp, imports: file.endsWith(".json") ? [] : importsOf(file) };
  parsed.set(file, fresh);
  return fresh;
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const required = [...text.matchAll(/\brequire\(\s*["'](\.[^"']*)["']\s*\)/g)].map(([, name = ""]) => name);
  return [...(isShallow(text) ? readImports(file, text) : likelyImports(text)), ...required];
}

function readImports(file: string, text: string): string[] {
  const { module } = parseSync(file, text, { sourceType: "module" });
  const names = module.staticImports.map((one) => one.moduleRequest.value);
  for (const one of module.staticExports) {
    for (const entry of one.entries) if (entry.moduleRequest) names.push(entry.moduleRequest.value);
  }
  return names;
}

/**
 * Of a file so long that what nests in it might overflow the native parser's stack, which ends the process. Found are
 * names in strings and remarks too: a file more that is looked at does no harm.
 */
function likelyImports(text: string): string[] {
  const found = text.matchAll(/\b(?:from|import)\s*(?:"([^"\n]+)"|'([^'\n]+)')/g);
  return [...found].map(([, double, single]) => double ?? single ?? "");
}
