/** Names of modules inside `import … from "…"`: the packages of the notebook's folder, then the kernel's own. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join } from "node:path";
import { packageFolder, splitModule } from "./packageTypes.js";

export interface ModulePlace {
  /** What was typed of the name. */
  readonly typed: string;
  /** What of it a match does not repeat: `@scope/`, `./folder/`. */
  readonly before: string;
}

/** Undefined unless `before`, the text before the cursor, ends inside a module's name. */
export function modulePlace(before: string): ModulePlace | undefined {
  const quoted = /(?:\bfrom|\bimport|\bimport\s*\(|\brequire\s*\()\s*["']([^"'\n]*)$/.exec(before);
  if (!quoted) return undefined;
  const typed = quoted[1] ?? "";
  return { typed, before: typed.slice(0, typed.lastIndexOf("/") + 1) };
}

/**
 * Packages, and the entries of a package that says them, whose names begin with `typed`. Whole names, sorted.
 * @param roots Folders from which packages are looked for: the notebook's, the kernel's.
 */
export function packageModules(typed: string, roots: { folder: string; kernel: string }): string[] {
  if (typed.startsWith("node:")) return nodeModules().filter((module) => module.startsWith(typed));
  if (/^[./]/.test(typed) || typed.includes(":")) return [];
  const [name, subpath] = splitModule(typed) ?? [];
  const entries = name !== undefined && subpath !== "." ? entriesOf(name, roots) : [];
  const names = [...installedPackages(roots.folder), ...ownPackages(roots.kernel), ...entries];
  return [...new Set(names)].filter((module) => module.startsWith(typed)).sort();
}

function nodeModules(): string[] {
  const names = builtinModules.filter((name) => !name.startsWith("_"));
  return names.map((name) => (name.startsWith("node:") ? name : `node:${name}`)).sort();
}

/** Of every node_modules from `folder` upwards. */
function installedPackages(folder: string): string[] {
  const names: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    const modules = join(at, "node_modules");
    for (const name of namesIn(modules)) {
      if (name.startsWith("@"))
        names.push(...namesIn(join(modules, name)).map((below) => `${name}/${below}`));
      else names.push(name);
    }
    if (at === dirname(at)) return names.filter((name) => !name.startsWith("@types/"));
  }
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => !name.startsWith(".")) : [];
}

/** What a notebook may import although its folder lacks it: the kernel itself and what it depends on. */
function ownPackages(kernel: string): string[] {
  const { name, dependencies } = packageJson(kernel);
  return [name ?? "", ...Object.keys(dependencies ?? {})].filter(
    (one) => one !== "" && !one.startsWith("@types/"),
  );
}

/** `pkg/sub` for each key of its `exports` without a pattern. */
function entriesOf(name: string, { folder, kernel }: { folder: string; kernel: string }): string[] {
  const found = packageFolder(folder, name) ?? packageFolder(kernel, name);
  const { exports } = found === undefined ? {} : packageJson(found);
  if (exports === null || typeof exports !== "object") return [];
  return Object.keys(exports)
    .filter((key) => key.startsWith("./") && !key.includes("*") && key !== "./package.json")
    .map((key) => name + key.slice(1));
}

interface PackageJson {
  readonly name?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly exports?: unknown;
}

function packageJson(folder: string): PackageJson {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as PackageJson;
  } catch {
    // A package.json of the person's that is missing or broken offers nothing.
    return {};
  }
}
