/** Names of run folders: `<safe name>-<id>` under the folder of runs. */
import { randomBytes } from "node:crypto";
import { cpSync, existsSync, mkdirSync } from "node:fs";
import { basename, dirname, join, resolve, sep } from "node:path";
import { resolveHere } from "../base/workingFolder.js";

/** 32 letters and digits without the pairs that look alike. */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
/** In UTF-8; with the id it stays below the 255 bytes that file systems allow. */
const longestName = 160;

/** The sub-folder of the machine's measurements: the series of a training stay what they are without. */
export const systemWriter = "system";

/** Where runs lie unless said otherwise: `runs/` under the working directory, or TUNELAB_RUNS. */
export function runsFolder(): string {
  return resolveHere(process.env.TUNELAB_RUNS || "runs");
}

/** Eight random letters and digits, 40 bits: two of 10,000 runs share one with a chance below 1e-4. */
export function newId(): string {
  return shortId(randomBytes(8));
}

/** Eight letters and digits from at least as many bytes. */
export function shortId(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, 8), (byte) => alphabet[byte & 31]).join("");
}

/**
 * A name as part of a path: letters and digits of any script, `.`, `_`, `-`; anything else becomes `-`.
 * Never empty, never a name that a file system or shell takes for something else.
 */
export function safeName(name: string): string {
  const safe = name
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}\p{M}._-]+/gu, "-")
    .replace(/^[.-]+|[.-]+$/g, "");
  const characters = Array.from(safe);
  while (Buffer.byteLength(characters.join("")) > longestName) characters.pop();
  return characters.join("") || "run";
}

let elsewhere: string | undefined;

/**
 * From now on runs and sweeps are made below this folder, whatever folder is asked for, and those that are gone on with are
 * copied there first; undefined: where they are asked for again. For a program that is executed once more, whose runs are
 * there already.
 */
export function recordElsewhere(folder: string | undefined): void {
  elsewhere = folder;
}

/** The folder in which a run or a sweep is gone on with: its own, or its copy where those are made elsewhere. */
export function folderToGoOn(dir: string): string {
  const own = resolve(dir);
  if (elsewhere === undefined || own.startsWith(`${resolve(elsewhere)}${sep}`)) return dir;
  const copy = join(elsewhere, basename(dirname(own)), basename(own));
  // A link in it would lead back.
  if (!existsSync(copy)) cpSync(own, copy, { recursive: true, dereference: true });
  return copy;
}

/** Makes a new run folder under `asked`; the id is unique there. */
export function makeRunFolder(asked: string, name: string): { readonly id: string; readonly dir: string } {
  const root = elsewhere === undefined ? asked : join(elsewhere, basename(asked));
  mkdirSync(root, { recursive: true });
  for (;;) {
    const id = newId();
    const dir = join(root, `${safeName(name)}-${id}`);
    try {
      mkdirSync(dir);
      return { id, dir };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}
