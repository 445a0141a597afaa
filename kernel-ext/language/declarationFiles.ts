/** The `.d.ts` files of the person's project, which `files` and `include` of its tsconfig.json give to every module. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { UserConfig } from "./userConfig.js";

/** Folders looked at: stat of each costs 2 µs before each cell. */
const MOST_FOLDERS = 400;

interface Listed {
  readonly changed: number;
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** Reads anew only folders in which a file came or went: cheap enough to ask before each cell. */
export class DeclarationFiles {
  readonly #listed = new Map<string, Listed>();
  /** Folders of the project were left out. */
  incomplete = false;

  /** Sorted; empty without a tsconfig.json. */
  of({ folder, files, include, exclude, options }: UserConfig): string[] {
    if (folder === undefined) return [];
    const named = (files ?? []).filter((file) => isDeclaration(file) && exists(file));
    const patterns = include ?? (files ? [] : [join(folder, "**/*")]);
    const left = [
      ...(exclude ?? ["node_modules", "bower_components", "jspm_packages"].map((name) => join(folder, name))),
      ...(typeof options.outDir === "string" ? [options.outDir] : []),
    ].map((pattern) => matcher(pattern));
    const taken = patterns.map((pattern) =>
      /[*?][^/]*$/.test(pattern) ? matcher(pattern, "$") : matcher(pattern),
    );
    const found = this.#walk(patterns.map(plainPart), (path) => left.some((pattern) => pattern.test(path)));
    return [
      ...new Set([...named, ...found.filter((file) => taken.some((pattern) => pattern.test(file)))]),
    ].sort();
  }

  /** The declarations below `starts`, breadth first: what lies deep matters least. */
  #walk(starts: readonly string[], isExcluded: (path: string) => boolean): string[] {
    const open = [...new Set(starts)];
    const seen = new Set(open);
    const found: string[] = [];
    let looked = 0;
    for (let next = open.shift(); next !== undefined; next = open.shift()) {
      if (++looked > MOST_FOLDERS) {
        this.incomplete = true;
        break;
      }
      if (isDeclaration(next) && exists(next)) found.push(next);
      const { files, folders } = this.#list(next);
      found.push(...files.filter((file) => !isExcluded(file)));
      for (const folder of folders) {
        if (seen.has(folder) || isExcluded(folder)) continue;
        seen.add(folder);
        open.push(folder);
      }
    }
    return found;
  }

  #list(folder: string): Listed {
    const about = statSync(folder, { throwIfNoEntry: false });
    if (!about?.isDirectory()) return { changed: 0, files: [], folders: [] };
    const known = this.#listed.get(folder);
    if (known?.changed === about.mtimeMs) return known;
    const entries = readable(folder);
    const paths = (wanted: (name: string, isFolder: boolean) => boolean) =>
      entries
        .filter((entry) => wanted(entry.name, entry.isDirectory()))
        .map(({ name }) => join(folder, name));
    const listed = {
      changed: about.mtimeMs,
      files: paths((name, isFolder) => !isFolder && isDeclaration(name)),
      folders: paths((name, isFolder) => isFolder && !/^(?:\.|node_modules$)/.test(name)),
    };
    this.#listed.set(folder, listed);
    return listed;
  }
}

function readable(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // One that may not be read gives no types to the checker either.
    return [];
  }
}

function isDeclaration(file: string): boolean {
  return /\.d\.[cm]?ts$/.test(file);
}

function exists(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Where a pattern's matches lie: its part before the first wildcard. */
function plainPart(pattern: string): string {
  const wild = pattern.search(/[*?]/);
  return wild < 0 ? pattern : pattern.slice(0, pattern.lastIndexOf("/", wild)) || "/";
}

/**
 * tsconfig.json's patterns: a star is a name or a part of it, two are any folders, a folder stands for all in it.
 * @param end `$` where a match stands for itself alone: of `include`, when the last name has a wildcard.
 */
function matcher(pattern: string, end = "(?:/.*)?$"): RegExp {
  const source = pattern
    .replace(/\/+$/, "")
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\/\*\*(?=\/|$)|\*|\?/g, (wild) =>
      wild === "?" ? "[^/]" : wild === "*" ? "[^/]*" : "(?:/[^/]+)*",
    );
  return new RegExp(`^${source}${end}`);
}
