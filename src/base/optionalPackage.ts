/** Packages that are only needed for what they are for, and that a person installs then. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

export interface OptionalPackage {
  readonly name: string;
  /** The release that is known to fit. */
  readonly version: string;
  /** Who needs it, for the error. */
  readonly who: string;
  /** The module that needs it: its `import.meta.url`. */
  readonly of: string;
  /** Where the program runs. Default: the process's folder. */
  readonly folder?: string;
}

/**
 * The folder of a package, installed beside this library or where the program runs, which is where `%npm install` puts it.
 *
 * @throws RangeError that says what to install, where it is in neither.
 */
export function optionalPackage({ name, version, who, of, folder = process.cwd() }: OptionalPackage): string {
  for (const from of [of, join(folder, "_")]) {
    try {
      return dirname(createRequire(from).resolve(`${name}/package.json`));
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND")) throw error;
    }
  }
  throw new RangeError(
    `${who} needs the package ${name}, which is not installed: npm install ${name}@${version} (in a notebook: %npm install ${name}@${version})`,
  );
}
