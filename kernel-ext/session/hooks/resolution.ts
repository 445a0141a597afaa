/** How the names that cells and their files import are resolved: what both kinds of Node's hooks share. */
import { fileURLToPath, pathToFileURL } from "node:url";
import type { MessagePort } from "node:worker_threads";
import { isTypeScript, localFile, ownTypeScript } from "../../language/localFile.js";
import { localVersion } from "../../language/localVersion.js";
import { cellScheme, readCellSpecifier } from "./cellSpecifier.js";
import { type Importer, isInterop, type Resolved, throughInterop } from "./commonInterop.js";

export interface HookData {
  /** URLs that names of ours stand for, such as `tslab`. */
  readonly own: Readonly<Record<string, string>>;
  /** URL of a file of the kernel: its packages fill in for those the notebook's folder lacks. */
  readonly kernel: string;
  /** Hears of every local file that was loaded (`LoadedFile`). */
  readonly loaded: MessagePort;
}

export interface FoundModule {
  readonly url: string;
  readonly format: "module";
  readonly shortCircuit: true;
}

export interface Resolution {
  readonly name: string;
  /** URL of the module that imports. */
  readonly parent: string | undefined;
  /** Set when it is for us to say; else Node resolves `name` from `parent`. */
  readonly found?: FoundModule;
}

export function resolution(specifier: string, parentURL: string | undefined, data: HookData): Resolution {
  let name = specifier;
  let parent = parentURL;
  if (specifier.startsWith(cellScheme)) {
    const cell = readCellSpecifier(specifier);
    name = cell.name;
    parent = pathToFileURL(`${cell.folder}/__cell__.mjs`).href;
  }
  const own = Object.hasOwn(data.own, name) ? data.own[name] : undefined;
  if (own) return { name, parent, found: { url: own, format: "module", shortCircuit: true } };
  const local = parent && isCellCode(parent) ? localFile(name, parent) : undefined;
  if (!local) return { name, parent };
  const found = localModule(local, data);
  // Whether a .js file is a module is for Node to say.
  return /\.c?js$/.test(local) ? { name: found.url, parent } : { name, parent, found };
}

/**
 * What Node resolved, as the importer gets it: TypeScript that a package's or a folder's package.json leads to is a
 * local file like any other, and CommonJS is as bundlers have it.
 */
export function settled(result: Resolved, importer: Importer, data: HookData): Resolved {
  const path = result.url.startsWith("file:") ? result.url.replace(/[?#].*$/, "") : "";
  const own =
    isTypeScript(path) && !result.url.includes("?v=") ? ownTypeScript(fileURLToPath(path)) : undefined;
  return own ? localModule(own, data) : throughInterop(result, importer);
}

/** Whether the kernel's own packages may fill in for what `error` says is missing. */
export function mayFillIn(name: string, error: unknown): boolean {
  const bare = !/^(?:[./]|[a-z]+:)/i.test(name);
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return bare && (code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND");
}

/** Cells, and local files they import: modules of packages and of the kernel keep Node's own resolution. */
function isCellCode(url: string): boolean {
  return url.endsWith("/__cell__.mjs") || (url.startsWith("file:") && url.includes("?v=") && !isInterop(url));
}

function localModule(file: string, { own }: HookData): FoundModule {
  const { href } = pathToFileURL(file);
  if (Object.values(own).includes(href)) return { url: href, format: "module", shortCircuit: true };
  return { url: `${href}?v=${localVersion(file)}`, format: "module", shortCircuit: true };
}
