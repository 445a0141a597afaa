/** Finds the file a relative import means. */
import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const endings = ["", ".ts", ".tsx", ".mts", ".js", ".mjs", ".json", "/index.ts", "/index.js"];
const emitted: readonly (readonly [RegExp, string])[] = [
  [/\.js$/, ".ts"],
  [/\.jsx$/, ".tsx"],
  [/\.mjs$/, ".mts"],
];
/** The rest (`.node`, `.wasm`) is Node's. */
const loadable = /\.(?:ts|tsx|mts|js|cjs|mjs|json)$/;

/**
 * The file `name` means from the module at `parent` (a URL), or undefined when that is none of ours: a bare name,
 * a file in a package, a format Node loads itself, a missing file. `./a.js` also means `./a.ts`.
 */
export function localFile(name: string, parent: string): string | undefined {
  if (!/^(?:\.{0,2}\/|file:)/.test(name) || !(parent.startsWith("file:") || name.startsWith("file:")))
    return undefined;
  const url = new URL(name, parent);
  if (url.protocol !== "file:") return undefined;
  url.search = "";
  url.hash = "";
  const path = fileURLToPath(url);
  if (/[\\/]node_modules[\\/]/.test(path)) return undefined;
  const names = endings.map((ending) => path + ending);
  for (const [pattern, ending] of emitted) if (pattern.test(path)) names.push(path.replace(pattern, ending));
  return names.find((candidate) => loadable.test(candidate) && isFile(candidate));
}

function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    // Below a file, or in a folder that may not be read: there is none to load.
    return false;
  }
}
