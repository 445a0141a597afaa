/**
 * Writes whole files so that a reader sees the old content or the new, never a mixture.
 *
 * Invariants: the temporary file has a name of its own (process, counter), so that writers cannot share it;
 * content is on the disk (fsync) before it takes the name (rename).
 */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

let counter = 0;

/**
 * Writes `content` to `file`, whole or not at all. Of several writers the last rename wins.
 * Throws what the file system says (ENOSPC, EROFS, …); nothing is left behind then.
 */
export function writeFileAtomic(file: string, content: string | Uint8Array): void {
  const temporary = temporaryName(file);
  try {
    const descriptor = openSync(temporary, "wx");
    try {
      writeFileSync(descriptor, content);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(file));
}

/** As `writeFileAtomic`, of pieces in their order, while the event loop goes on: for what is large. */
export async function writePiecesAtomic(file: string, pieces: Iterable<Uint8Array | string>): Promise<void> {
  const temporary = temporaryName(file);
  try {
    const handle = await open(temporary, "wx");
    try {
      for (const piece of pieces) await handle.writeFile(piece);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(file));
}

/** Whether a name in a folder is that of a file being written, or of one whose writer was ended meanwhile. */
export function isTemporary(name: string): boolean {
  return /^\..+\.\d+\.\d+\.tmp$/.test(name);
}

function temporaryName(file: string): string {
  return join(dirname(file), `.${basename(file)}.${process.pid}.${++counter}.tmp`);
}

/** Makes the new name itself durable. Windows cannot open a folder, and needs no such call. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const descriptor = openSync(folder, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
