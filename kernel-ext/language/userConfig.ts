/** The person's tsconfig.json, for the checker, the compiler and the resolution of modules alike. */
import { existsSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { type CompilerOptions, type ConfigFile, readConfigFile } from "./configFile.js";

export interface UserConfig extends ConfigFile {
  /** With those of the files it extends; empty when there is no file, or a broken one. */
  readonly options: CompilerOptions;
  /** The folder of the tsconfig.json; undefined when there is none. */
  readonly folder?: string;
  /** Why the file is not used: names the file and the mistake. */
  readonly problem?: string;
  /** Changes when a file that was read does, or one that would be is written. */
  readonly stamp: string;
}

interface Known {
  readonly config: UserConfig;
  readonly files: readonly string[];
}

const known = new Map<string, Known>();

/**
 * What holds for a file in `folder`: the nearest tsconfig.json there or above. Reads anew only what changed on disk:
 * cheap enough to ask before each cell.
 */
export function userConfig(folder: string): UserConfig {
  const before = known.get(folder);
  if (before && stampOf(before.files) === before.config.stamp) return before.config;
  const places = configPlaces(folder);
  const at = places.findIndex((file) => existsSync(file));
  const first = places[at];
  // Those below the one found are looked at again: a nearer one may be written.
  const files = first === undefined ? places : places.slice(0, at + 1);
  const read = (): Omit<UserConfig, "stamp"> => {
    if (first === undefined) return { options: {} };
    try {
      return { ...readConfigFile(first, files), folder: dirname(first) };
    } catch (error) {
      return {
        options: {},
        folder: dirname(first),
        problem: error instanceof Error ? error.message : String(error),
      };
    }
  };
  const result = read();
  const config = { ...result, stamp: stampOf(files) };
  // What is wrong may be mended in a file that was not found, such as that of a package that gets installed.
  if (config.problem === undefined) known.set(folder, { config, files });
  else known.delete(folder);
  return config;
}

/**
 * `folder` itself and those above it, short of the person's home folder and the file system's root: a file that lies
 * there was not written for this project.
 */
function configPlaces(folder: string): string[] {
  const places = [join(folder, "tsconfig.json")];
  const home = homedir();
  if (folder === home) return places;
  for (let at = dirname(folder); at !== home && at !== dirname(at); at = dirname(at))
    places.push(join(at, "tsconfig.json"));
  return places;
}

function stampOf(files: readonly string[]): string {
  return files
    .map((file) => {
      const found = statSync(file, { throwIfNoEntry: false });
      return found ? `${found.mtimeMs} ${found.size}` : "none";
    })
    .join(", ");
}
