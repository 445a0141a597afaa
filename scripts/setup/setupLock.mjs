// Only one set-up of a checkout at a time: a file that names the process that holds it. The policy is the one of
// src/sweep/sweepLock.ts, which explains it; this one needs nothing that has to be built.
import { randomUUID } from "node:crypto";
import {
  constants,
  copyFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
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
    const holder = take(file);
    if (holder === undefined) break;
    if (!told) say(`  waiting for another set-up of this checkout (process ${holder}) to end`);
    await sleep(500);
  }
  let held = true;
  return () => {
    if (held) giveBack(file);
    held = false;
  };
}

const mine = String(process.pid);

/**
 * Undefined when `file` is now this process's lock; else the number of the living process that has it. A dead one's is
 * replaced only by the process that has the lock on taking it over.
 * @param {string} file
 * @returns {number | undefined}
 */
function take(file) {
  for (;;) {
    if (create(file)) return undefined;
    const holder = holderOf(file);
    if (holder === "free") continue;
    if (holder !== "dead") return holder;
    const takeover = `${file}.takeover`;
    if (take(takeover) !== undefined) {
      pause();
      continue;
    }
    try {
      if (holderOf(file) === "dead") {
        written(file, (path) => renameSync(path, file));
        return undefined;
      }
    } finally {
      giveBack(takeover);
    }
  }
}

/**
 * Somebody may have removed the file by hand, and another process may have it since.
 * @param {string} file
 */
function giveBack(file) {
  if (textOf(file) === mine) rmSync(file, { force: true });
}

/**
 * A lock never stands without the number of its process: it is written under a name of its own first.
 * @template T
 * @param {string} file
 * @param {(path: string) => T} use
 */
function written(file, use) {
  const path = `${file}.${randomUUID()}`;
  try {
    writeFileSync(path, mine);
    return use(path);
  } finally {
    rmSync(path, { force: true });
  }
}

/** What file systems without hard links (FAT, some shared folders) answer. */
const noLinks = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"];

/**
 * False when a file of that name stands already.
 * @param {string} file
 */
function create(file) {
  return written(file, (path) => {
    try {
      return unlessExists(() => linkSync(path, file));
    } catch (error) {
      if (!noLinks.includes(codeOf(error))) throw error;
      return unlessExists(() => copyFileSync(path, file, constants.COPYFILE_EXCL));
    }
  });
}

/** @param {() => void} make */
function unlessExists(make) {
  try {
    make();
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/**
 * A lock without a number is waited for, since a copy is empty at first; one that stays so a full disk left.
 * @param {string} file
 * @returns {number | "free" | "dead"}
 */
function holderOf(file) {
  for (let i = 0; i < 50; i++) {
    const text = textOf(file);
    if (text === undefined) return "free";
    const pid = Number(text);
    if (pid > 0) return isAlive(pid) ? pid : "dead";
    pause();
  }
  return "dead";
}

/**
 * Undefined for a file that is not there.
 * @param {string} file
 */
function textOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/** @param {unknown} error */
const codeOf = (error) => /** @type {NodeJS.ErrnoException} */ (error).code ?? "";

/** 10 ms: others have a lock on taking over for less. */
function pause() {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
}
