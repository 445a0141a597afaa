/** A saved model's folder, whole or not at all. */
import { existsSync, mkdirSync } from "node:fs";
import { open, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

export interface SavedModelContent {
  /** saved_model.pb */
  readonly file: Uint8Array;
  /** Writes the present values of the variables; undefined where there are none. */
  readonly saveValues: ((prefix: string) => void) | undefined;
}

export interface WriteSavedModelOptions {
  /** Whether what has the name gives way to it. Default false: then writing fails where a folder with files has it. */
  readonly overwrite?: boolean;
}

let counter = 0;

/**
 * Writes the files into a folder beside, and gives it the name once they are on the disk.
 *
 * @returns its whole path
 * @throws what the file system says; nothing is left behind then, and what was there before is there still.
 */
export async function writeSavedModel(
  folder: string,
  { file, saveValues }: SavedModelContent,
  { overwrite = false }: WriteSavedModelOptions = {},
): Promise<string> {
  const target = resolve(folder);
  const parent = dirname(target);
  const temporary = join(parent, `.${basename(target)}.${process.pid}.${++counter}.tmp`);
  try {
    const values = join(temporary, "variables");
    mkdirSync(values, { recursive: true });
    // Before anything else may run, which could change or free the variables.
    saveValues?.(join(values, "variables"));
    await writeFile(join(temporary, "saved_model.pb"), file);
    for (const name of await readdir(temporary, { recursive: true })) await sync(join(temporary, name));
    await sync(temporary);
    if (overwrite && existsSync(target)) await replace(target, temporary);
    else await rename(temporary, target);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  await sync(parent);
  return target;
}

/** A folder cannot take the place of one that has files: that one goes aside first, and comes back where this fails. */
async function replace(target: string, temporary: string): Promise<void> {
  const aside = `${temporary}.old`;
  await rename(target, aside);
  try {
    await rename(temporary, target);
  } catch (error) {
    await rename(aside, target);
    throw error;
  }
  await rm(aside, { recursive: true, force: true });
}

/** Of a file or folder. Windows cannot open a folder, and needs no such call. */
async function sync(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
