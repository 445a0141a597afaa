/** Puts bytes under their digest into a run's folder: whole or not at all, and once on the disk for all runs beside it. */
import { mkdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { storedPath } from "./artifact.js";
import { copyWhole, digestOf, type StoredDigest } from "./copyWhole.js";
import { shareBytes } from "./sharedBytes.js";

/** What a disk has damaged is put there anew. Throws what the file system says; nothing is left behind then. */
export function storeFile(runFolder: string, from: string | Uint8Array): StoredDigest {
  const folder = join(runFolder, "artifacts", "sha256");
  mkdirSync(folder, { recursive: true });
  return copyWhole(from, folder, (digest) => {
    const target = storedPath(runFolder, digest.sha256);
    mkdirSync(dirname(target), { recursive: true });
    return holds(target, digest) || shareBytes(runFolder, digest, target) ? undefined : target;
  });
}

function holds(file: string, { sha256, bytes }: StoredDigest): boolean {
  return statSync(file, { throwIfNoEntry: false })?.size === bytes && digestOf(file).sha256 === sha256;
}
