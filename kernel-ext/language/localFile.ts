/** Finds the file a relative import means. */
import { realpathSync, statSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { aliasedPaths } from "./pathAlias.js";

const endings = ["", ".ts", ".tsx", ".mts", ".js", ".mjs", ".json", "/index.ts", "/index.js"];
const emitted: readonly (readonly [RegExp, string])[] = [
  [/\.js$/, ".ts"],
  [/\.jsx$/, ".tsx"],
  [/\.mjs$/, ".mts"],
];
/** The rest (`.node`, `.wasm`) is Node's. */
const loadable = /\.(?:ts|tsx|mts|js|cjs|mjs|json)$/;

/** What Node 20 cannot load and the kernel compiles. */
export function isTypeScript(path: string): boolean {
  return /\.(?:ts|tsx|mts)$/.test(path);
}

/**
 * The file `name` means from the module at `parent` (a URL), or undefined when that is none of ours: a package,
 * a file in one, a format Node loads itself, a missing file. `./a.js` also means `./a.ts`, `./a#b/c` a file in the
 * folder `a#b`; a bare name may be one of tsconfig.json's `paths`.
 */
export function localFile(name: string, parent: string): string | undefined {
  if (/^(?:\.{0,2}\/|file:)/.test(name)) {
    const url = URL.canParse(name, parent) ? new URL(name, parent) : undefined;
    return asPath(name, parent) ?? (url && existing(url));
  }
  if (!parent.startsWith("file:") || isBuiltin(name)) return undefined;
  for (const path of aliasedPaths(name, filePath(new URL(parent)))) {
    const found = existingPath(path);
    if (found) return found;
  }
  return undefined;
}

/**
 * The TypeScript file a bare `name` means by package.json: of a linked or workspace package, of `imports`, of the
 * package's own name. Undefined for files in node_modules, and where `require` finds nothing.
 */
export function linkedFile(name: string, parent: string): string | undefined {
  if (/^(?:\.{0,2}\/|[a-z]+:)/.test(name) || !parent.startsWith("file:") || isBuiltin(name)) return undefined;
  try {
    return ownTypeScript(createRequire(filePath(new URL(parent))).resolve(name));
  } catch {
    // No package of that name, or one that is there for `import` only: whoever loads it says what is wrong.
    return undefined;
  }
}

/** The file itself, links followed, when it is TypeScript outside node_modules. */
export function ownTypeScript(file: string): string | undefined {
  if (!isTypeScript(file) || !isFile(file)) return undefined;
  const real = realpathSync(file);
  return isInPackages(real) ? undefined : real;
}

function filePath(url: URL): string {
  url.search = "";
  url.hash = "";
  return fileURLToPath(url);
}

/** A name with a sign that would end a URL's path, or is an escape there, is first a path, as TypeScript reads it. */
function asPath(name: string, parent: string): string | undefined {
  if (!/[#?%]/.test(name) || name.startsWith("file:") || !parent.startsWith("file:")) return undefined;
  return existingPath(resolve(dirname(filePath(new URL(parent))), name));
}

function existing(url: URL): string | undefined {
  return url.protocol === "file:" ? existingPath(filePath(url)) : undefined;
}

function existingPath(path: string): string | undefined {
  if (isInPackages(path)) return undefined;
  const names = endings.map((ending) => path + ending);
  for (const [pattern, ending] of emitted) if (pattern.test(path)) names.push(path.replace(pattern, ending));
  return names.find((candidate) => loadable.test(candidate) && isFile(candidate));
}

function isInPackages(path: string): boolean {
  return /[\\/]node_modules[\\/]/.test(path);
}

function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    // Below a file, or in a folder that may not be read: there is none to load.
    return false;
  }
}
