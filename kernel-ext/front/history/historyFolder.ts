/** Where the history of all sessions lies: one file a session, for nobody else to read. */
import { mkdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";

/**
 * `TUNELAB_HISTORY`, else `tunelab/history` in the person's data folder. Undefined for `off`: nothing is kept on disk.
 */
export function historyFolder(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const set = env.TUNELAB_HISTORY;
  if (set === "off") return undefined;
  return set ? resolve(set) : join(dataHome(env), "tunelab", "history");
}

/** Makes the folder where it is absent. Throws an Error that says what is wrong with one that cannot be used. */
export function preparePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { mode, uid } = statSync(folder);
  if (process.platform === "win32") return;
  if (uid !== process.getuid?.())
    throw new Error(`${folder} must be this user's own, but belongs to user ${uid}`);
  if ((mode & 0o022) !== 0) {
    const given = (mode & 0o777).toString(8);
    throw new Error(`${folder} must not be writable for others, but has mode ${given}: chmod 700 it`);
  }
}

function dataHome(env: NodeJS.ProcessEnv): string {
  // The XDG specification wants a relative path ignored.
  if (env.XDG_DATA_HOME && isAbsolute(env.XDG_DATA_HOME)) return env.XDG_DATA_HOME;
  if (process.platform === "darwin") return join(homedir(), "Library", "Application Support");
  if (process.platform === "win32" && env.LOCALAPPDATA) return env.LOCALAPPDATA;
  return join(homedir(), ".local", "share");
}
