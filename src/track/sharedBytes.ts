/** Bytes that another run of the same folder of runs already keeps, under the same digest. */
import { linkSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { storedPath } from "./artifact.js";
import { digestOf, type StoredDigest } from "./copyWhole.js";

/** Where a file system has no hard links, has no more of one file, or does not let this user make one. */
const unshared: ReadonlySet<string | undefined> = new Set([
  "EPERM",
  "EACCES",
  "ENOTSUP",
  "EOPNOTSUPP",
  "ENOSYS",
  "EXDEV",
  "EMLINK",
  "ENOENT",
  "EINVAL",
]);

/**
 * Puts them at `target` as a hard link to the other run's file, so that they take room once on the disk: deleting either
 * run leaves the other its own. False where no other run has them whole, or the file system has no such links.
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

function siblings(runFolder: string): string[] {
  const root = dirname(runFolder);
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(root, name));
}

/** First under another name: what lies at `target` is whole at any moment. */
function link(file: string, { sha256, bytes }: StoredDigest, target: string): boolean {
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    linkSync(file, temporary);
  } catch (error) {
    if (unshared.has((error as NodeJS.ErrnoException).code)) return false;
    throw error;
  }
  try {
    const found = digestOf(temporary);
    if (found.sha256 !== sha256 || found.bytes !== bytes) return false;
    renameSync(temporary, target);
    return true;
  } finally {
    // Renaming a link over another one of the same file leaves both.
    rmSync(temporary, { force: true });
  }
}
