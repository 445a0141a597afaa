/** Bytes that another run of the same folder of runs already keeps, under the same digest. */
import { randomBytes } from "node:crypto";
import { linkSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { storedPath } from "./artifact.js";
import { digestOf, type StoredDigest } from "./copyWhole.js";

/**
 * Puts them at `target` as a hard link to the other run's file, so that they take room once on the disk: deleting either
 * run leaves the other its own. False where no other run has them whole, the file system has no such links, or another
 * run cannot be read: the run has a copy of its own then.
 *
 * Nobody writes into a file under a digest, so runs that share one cannot harm each other.
 */
export function shareBytes(runFolder: string, digest: StoredDigest, target: string): boolean {
  for (const other of siblings(runFolder)) {
    const file = storedPath(other, digest.sha256);
    if (file !== target && link(file, digest, target)) return true;
  }
  return false;
}

/** None where a user may enter the folder of runs but not list it. */
function siblings(runFolder: string): string[] {
  const root = dirname(runFolder);
  try {
    return readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(root, name));
  } catch {
    return [];
  }
}

/** First under another name: what lies at `target` is whole at any moment. */
function link(file: string, { sha256, bytes }: StoredDigest, target: string): boolean {
  const temporary = join(dirname(target), `.${randomBytes(8).toString("hex")}.tmp`);
  try {
    linkSync(file, temporary);
    const found = digestOf(temporary);
    if (found.sha256 !== sha256 || found.bytes !== bytes) return false;
    renameSync(temporary, target);
    return true;
  } catch {
    // What another run has is no reason to fail this one, which has the bytes themselves.
    return false;
  } finally {
    // Renaming a link over another one of the same file leaves both.
    rmSync(temporary, { force: true });
  }
}
