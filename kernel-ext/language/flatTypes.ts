/** Where TensorFlow.js's declarations lie in few files (`scripts/flatten`): the checker counts its files at every cell. */
import { existsSync, readdirSync } from "node:fs";
import { basename, join, relative } from "node:path";
import type { CompilerOptions } from "./configFile.js";
import { KERNEL_ROOT } from "./kernelRoot.js";
import { declarationsOf, hasPackage, packageFolder, splitModule } from "./packageTypes.js";

const built = join(KERNEL_ROOT, "dist", "types");
/** In a folder of this name, so that a file's package is read off its path as any other's. */
const flattened = join(built, "node_modules");
const scope = "@tensorflow";

let names: readonly string[] | undefined;

/**
 * Paths for the checker: of each package, and of the modules in it. Empty where the notebook's folder has one of the
 * packages or its tsconfig.json says where they lie, as a tensor of one copy is none of another's.
 */
export function flatTypes(
  folder: string,
  { paths }: CompilerOptions,
): ReadonlyMap<string, readonly string[]> {
  const packages = packageNames();
  const isElsewhere =
    Object.keys(paths ?? {}).some((pattern) => pattern.startsWith(scope)) ||
    packages.some((name) => hasOther(folder, name));
  return new Map(isElsewhere ? [] : packages.flatMap(pathsOf));
}

/** A folder in the kernel's own finds the kernel's. */
function hasOther(folder: string, name: string): boolean {
  return hasPackage(folder, name) && packageFolder(folder, name) !== packageFolder(KERNEL_ROOT, name);
}

/** Whether a module is one of these packages' own. */
export function isFlattened(module: string): boolean {
  const name = splitModule(module)?.[0];
  return name !== undefined && packageNames().includes(name);
}

/** The files of the flattened modules for which a text declares more. */
export function augmentedModules(text: string): string[] {
  return [...text.matchAll(/\bdeclare\s+module\s+["']([^"'\n]+)["']/g)]
    .map(([, module = ""]) => module)
    .filter(isFlattened)
    .flatMap((module) => ["", ".d.ts", "/index.d.ts"].map((ending) => join(flattened, module) + ending))
    .filter((file) => file.endsWith(".d.ts") && existsSync(file));
}

/** Whether a file holds declarations of all a package's modules. */
export function isFlat(file: string): boolean {
  return file.startsWith(join(flattened, scope)) && basename(file) === "flat.d.ts";
}

/** None until a build has written them whole. */
function packageNames(): readonly string[] {
  if (!names && !existsSync(join(built, "stamp"))) return [];
  names ??= readdirSync(join(flattened, scope)).map((name) => `${scope}/${name}`);
  return names;
}

/** What has no flat copy, as tests and package.json, is in the package itself. */
function pathsOf(name: string): [string, readonly string[]][] {
  const own = packageFolder(KERNEL_ROOT, name);
  const entry = declarationsOf(KERNEL_ROOT, name);
  if (own === undefined || entry === undefined) return [];
  const flat = join(flattened, name);
  return [
    [name, [join(flat, relative(own, entry))]],
    [`${name}/*`, [join(flat, "*"), join(own, "*")]],
  ];
}
