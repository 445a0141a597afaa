// Only one set-up of a checkout at a time: a file that names the process that holds it.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
  for (let told = false; ; told = true) {
    try {
      writeFileSync(file, String(process.pid), { flag: "wx" });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
    }
    const holder = Number(readFileSync(file, { encoding: "utf8", flag: "a+" }));
    if (!isAlive(holder)) rmSync(file, { force: true });
    else {
      if (!told) say(`  waiting for another set-up of this checkout (process ${holder}) to end`);
      await sleep(500);
    }
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
