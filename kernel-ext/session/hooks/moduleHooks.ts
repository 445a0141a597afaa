/**
 * Node's module hooks for cells (they run on Node's hook thread): names are resolved from the notebook's folder
 * first, from the kernel's own packages after; local TypeScript and JSON load as modules; a local file that changed,
 * or whose local imports changed, is loaded anew.
 */
import type { LoadHook, ResolveHook } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { cellScheme, readCellSpecifier } from "./cellSpecifier.js";
import { localFile } from "./localFile.js";
import { localVersion } from "./localVersion.js";
import { transpileLocal } from "./transpileLocal.js";

export interface HookData {
  /** URLs that names of ours stand for, such as `tslab`. */
  readonly own: Readonly<Record<string, string>>;
  /** URL of a file of the kernel: its packages fill in for those the notebook's folder lacks. */
  readonly kernel: string;
}

let data: HookData;

export function initialize(given: HookData): void {
  data = given;
}

export const resolve: ResolveHook = async (specifier, context, next) => {
  let name = specifier;
  let parent = context.parentURL;
  if (specifier.startsWith(cellScheme)) {
    const cell = readCellSpecifier(specifier);
    name = cell.name;
    parent = pathToFileURL(`${cell.folder}/__cell__.mjs`).href;
  }
  const own = Object.hasOwn(data.own, name) ? data.own[name] : undefined;
  if (own) return { url: own, format: "module", shortCircuit: true };
  const local = parent && isCellCode(parent) ? localFile(name, parent) : undefined;
  if (local) return localModule(local);
  try {
    return await next(name, { ...context, ...(parent && { parentURL: parent }) });
  } catch (error) {
    if (!isMissingPackage(error) || !isBare(name)) throw error;
    try {
      return await next(name, { ...context, parentURL: data.kernel });
    } catch {
      throw error;
    }
  }
};

export const load: LoadHook = async (url, context, next) => {
  if (url.startsWith("file:") && url.includes("?v=")) {
    const file = fileURLToPath(url.slice(0, url.indexOf("?")));
    const source = transpileLocal(file);
    if (source !== undefined) return { format: "module", source, shortCircuit: true };
  }
  return next(url, context);
};

/** Cells, and local files they import: modules of packages and of the kernel keep Node's own resolution. */
function isCellCode(url: string): boolean {
  return url.endsWith("/__cell__.mjs") || (url.startsWith("file:") && url.includes("?v="));
}

function localModule(file: string): { url: string; format?: "module"; shortCircuit: true } {
  const { href } = pathToFileURL(file);
  if (Object.values(data.own).includes(href)) return { url: href, format: "module", shortCircuit: true };
  const url = `${href}?v=${localVersion(file)}`;
  // Whether a .js file is a module is for Node to say.
  return file.endsWith(".js") ? { url, shortCircuit: true } : { url, format: "module", shortCircuit: true };
}

function isBare(name: string): boolean {
  return !/^(?:[./]|[a-z]+:)/i.test(name);
}

function isMissingPackage(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND";
}
