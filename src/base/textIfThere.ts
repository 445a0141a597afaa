import { readFileSync } from "node:fs";

/** The text of a file; undefined where there is none. Throws what else the file system says. */
export function textIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
