// Only one set-up of a checkout at a time: a file that names the process that holds it.
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Waits until no other live process sets this checkout up, then holds it. Returns how to let go.
 * @param {string} root
 * @param {(text: string) => void} say
 */
export async function holdSetup(root, say) {
  const file = join(root, ".cache", "setup", "lock");
  mkdirSync(dirname(file), { recursive: true });
  // Written first and linked then: a lock never stands without the number of its process.
  const written = `${file}.${process.pid}`;
  writeFileSync(written, String(process.pid));
  try {
    for (let told = false; !linkIfFree(written, file); ) {
      const holder = holderOf(file);
      if (holder === undefined) continue;
      if (!isAlive(holder)) rmSync(file, { force: true });
      else {
        if (!told) say(`  waiting for another set-up of this checkout (process ${holder}) to end`);
        told = true;
        await sleep(500);
      }
    }
  } finally {
    rmSync(written, { force: true });
  }
  return () => rmSync(file, { force: true });
}

/**
 * False when a lock stands already.
 * @param {string} written
 * @param {string} file
 */
function linkIfFree(written, file) {
  try {
    linkSync(written, file);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "EEXIST") return false;
    throw error;
  }
}

/**
 * Undefined when the lock was given back meanwhile.
 * @param {string} file
 */
function holderOf(file) {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") return undefined;
    throw error;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}
