/** Finds the declarations of packages that the notebook's folder lacks and the kernel brings along. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, parse } from "node:path";

/** `@scope/name/sub/path` → `["@scope/name", "./sub/path"]`; undefined for relative, absolute and `node:` modules. */
export function splitModule(specifier: string): [name: string, subpath: string] | undefined {
  const match = /^(@[^/]+\/[^/]+|[^./@:][^/:]*)(\/.*)?$/.exec(specifier);
  return match?.[1] === undefined ? undefined : [match[1], match[2] ? `.${match[2]}` : "."];
}

/** True when a folder above `folder`, or itself, holds the package in its node_modules, or its types. */
export function hasPackage(folder: string, name: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, "node_modules", name, "package.json"))) return true;
    if (existsSync(join(at, "node_modules", typesPackage(name), "package.json"))) return true;
    if (at === parse(at).root) return false;
  }
}

/** The folder of a package as a module in `folder` finds it. */
export function packageFolder(folder: string, name: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const found = join(at, "node_modules", name);
    if (existsSync(join(found, "package.json"))) return found;
    if (at === parse(at).root) return undefined;
  }
}

function typesPackage(name: string): string {
  return `@types/${name.replace(/^@/, "").replace("/", "__")}`;
}

/**
 * The declaration file of a module as the kernel's own folder sees it.
 * @param root The kernel's package folder, whose own name counts too.
 */
export function declarationsOf(root: string, specifier: string): string | undefined {
  const [name, subpath] = splitModule(specifier) ?? [];
  if (name === undefined || subpath === undefined) return undefined;
  for (const folder of candidates(root, name)) {
    const found = existsSync(join(folder, "package.json")) && declarationsIn(folder, subpath);
    if (found) return found;
  }
  return undefined;
}

function* candidates(root: string, name: string): Generator<string> {
  if (readPackage(root).name === name) yield root;
  for (const package_ of [name, typesPackage(name)]) {
    for (let at = root; ; at = dirname(at)) {
      yield join(at, "node_modules", package_);
      if (at === parse(at).root) break;
    }
  }
}

interface PackageJson {
  readonly name?: string;
  readonly types?: string;
  readonly typings?: string;
  readonly main?: string;
  readonly exports?: unknown;
}

function readPackage(folder: string): PackageJson {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

function declarationsIn(folder: string, subpath: string): string | undefined {
  const { exports, types, typings, main } = readPackage(folder);
  const fromExports = exports === undefined ? undefined : exported(exports, subpath);
  const plain = subpath === "." ? (types ?? typings ?? main ?? "index.js") : subpath;
  for (const target of [fromExports, plain]) {
    const file = target === undefined ? undefined : declarationFile(join(folder, target));
    if (file) return file;
  }
  return undefined;
}

/** The declaration beside a file: itself, `.d.ts` for `.js`, an index. */
function declarationFile(file: string): string | undefined {
  const stem = file.replace(/\.(c|m)?js$/, "");
  const ending = /\.(c|m)js$/.exec(file)?.[1] ?? "";
  const tried = [
    /\.d\.[cm]?ts$/.test(file) ? file : "",
    `${stem}.d.${ending}ts`,
    `${stem}.d.ts`,
    join(file, "index.d.ts"),
  ];
  return tried.find((candidate) => candidate !== "" && existsSync(candidate));
}

/** What `exports` gives for a subpath under the conditions of a bundler, types first. */
function exported(exports: unknown, subpath: string): string | undefined {
  if (typeof exports === "string" || Array.isArray(exports) || !hasSubpaths(exports)) {
    return subpath === "." ? condition(exports) : undefined;
  }
  const entries = exports as Record<string, unknown>;
  if (subpath in entries) return condition(entries[subpath]);
  for (const [pattern, target] of Object.entries(entries)) {
    const [before = "", after] = pattern.split("*");
    if (after === undefined || !subpath.startsWith(before) || !subpath.endsWith(after)) continue;
    const star = subpath.slice(before.length, subpath.length - after.length);
    return condition(target)?.replaceAll("*", star);
  }
  return undefined;
}

function hasSubpaths(exports: unknown): boolean {
  return (
    typeof exports === "object" && exports !== null && Object.keys(exports).some((key) => key.startsWith("."))
  );
}

function condition(target: unknown): string | undefined {
  if (typeof target === "string") return target;
  if (Array.isArray(target)) return target.map(condition).find((found) => found !== undefined);
  if (typeof target !== "object" || target === null) return undefined;
  for (const key of ["types", "import", "node", "require", "default"]) {
    const found = key in target ? condition((target as Record<string, unknown>)[key]) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
