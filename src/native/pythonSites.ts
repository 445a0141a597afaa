/** Where the `python3` on the path has its packages, as far as files tell: a Python that is asked takes longer than an import. */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  statSync,
} from "node:fs";
import { basename, delimiter, dirname, join, resolve } from "node:path";

export interface PythonSites {
  /** Folders of packages, in the order in which they are to be looked at. */
  readonly sites: readonly string[];
  /** Only Python itself knows what else it imports from. */
  readonly isPart: boolean;
}

/** As of the process with this environment. */
export function pythonSites(environment: NodeJS.ProcessEnv): PythonSites {
  const own = [...listed(environment.PYTHONPATH), ...userSites(environment)];
  for (const python of pythonsOn(environment.PATH)) {
    const real = realpathSync(python);
    const isPython = /^python3?(\.\d+)?$/.test(basename(real)) && !isScript(real);
    if (isPython) {
      const prefixes = new Set([python, real].map((file) => dirname(dirname(file))));
      const version = /^python3\.\d+$/.exec(basename(real))?.[0];
      const sites = [...prefixes].flatMap((prefix) => sitesUnder(prefix, version));
      return { sites: [...own, ...sites], isPart: process.platform !== "linux" };
    }
    // One of pyenv's programs, which looks for the version that holds here: without any, the next on the path may hold.
    const versions = versionsOf(python);
    if (!versions || versions.some((site) => existsSync(join(site, "tensorflow"))))
      return { sites: own, isPart: true };
  }
  return { sites: own, isPart: false };
}

function pythonsOn(path: string | undefined): string[] {
  return listed(path)
    .map((folder) => join(folder, "python3"))
    .filter(isProgram);
}

/** What a variable such as PATH lists. */
function listed(folders: string | undefined): string[] {
  return (folders ?? "").split(delimiter).filter((folder) => folder !== "");
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Whether a file begins with `#!`, or nobody may read it. */
function isScript(file: string): boolean {
  try {
    const descriptor = openSync(file, "r");
    const start = Buffer.alloc(2);
    readSync(descriptor, start, 0, 2, 0);
    closeSync(descriptor);
    return start.toString("latin1") === "#!";
  } catch {
    return true;
  }
}

function userSites({ PYTHONUSERBASE, PYTHONNOUSERSITE, HOME }: NodeJS.ProcessEnv): string[] {
  const base = PYTHONUSERBASE || (HOME && join(HOME, ".local"));
  return base && !PYTHONNOUSERSITE ? sitesUnder(base) : [];
}

/** The packages of all of pyenv's versions; undefined for another program than pyenv's. */
function versionsOf(python: string): string[] | undefined {
  const folder = dirname(python);
  const versions = join(dirname(folder), "versions");
  if (basename(folder) !== "shims" || !existsSync(versions)) return undefined;
  return readdirSync(versions).flatMap((name) => sitesUnder(join(versions, name)));
}

/** Of an installation, Debian's ways and those of 64-bit libraries included. @param version such as `python3.12`; undefined: any */
function sitesUnder(prefix: string, version?: string): string[] {
  const roots = [prefix, join(prefix, "local")];
  const sites = roots
    .flatMap((root) => [join(root, "lib"), join(root, "lib64")])
    .flatMap((lib) => entries(lib).map((name) => [lib, name] as const))
    .filter(([, name]) => name === "python3" || (version ? name === version : /^python3\.\d+$/.test(name)))
    .flatMap(([lib, name]) => ["site-packages", "dist-packages"].map((site) => join(lib, name, site)));
  return sites.flatMap((site) => [site, ...linkedFrom(site)]);
}

/** The folders that a site's `.pth` files name, a line each. */
function linkedFrom(site: string): string[] {
  return entries(site)
    .filter((name) => name.endsWith(".pth"))
    .flatMap((name) => linesOf(join(site, name)))
    .filter((line) => line.trim() !== "" && !/^(#|import\s)/.test(line))
    .map((line) => resolve(site, line.trim()))
    .filter((folder) => existsSync(folder));
}

/** None of a file that cannot be read: Python passes over it, too. */
function linesOf(file: string): string[] {
  try {
    return readFileSync(file, "utf8").split(/\r?\n/);
  } catch {
    return [];
  }
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
