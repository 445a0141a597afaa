/** Which commit a run's code came from. */
import { spawnSync } from "node:child_process";
import type { GitState } from "./runRecord.js";

/** Seconds for which an answer is used again: a sweep opens many runs a minute. */
const rememberFor = 10;

const remembered = new Map<string, { readonly until: number; readonly state: GitState | undefined }>();

/** State of the checkout that holds `folder`; undefined outside a checkout or without git. */
export function gitState(folder: string, now = Date.now() / 1000): GitState | undefined {
  const known = remembered.get(folder);
  if (known && now < known.until && now > known.until - 2 * rememberFor) return known.state;
  const state = askGit(folder);
  remembered.set(folder, { until: now + rememberFor, state });
  return state;
}

function askGit(folder: string): GitState | undefined {
  const commit = git(folder, ["rev-parse", "HEAD"]);
  if (commit === undefined) return undefined;
  const branch = git(folder, ["rev-parse", "--abbrev-ref", "HEAD"]) ?? "HEAD";
  const changes = git(folder, ["status", "--porcelain", "--untracked-files=no"]) ?? "";
  return { commit, branch, dirty: changes !== "" };
}

/** Output of a git command, or undefined if it did not succeed. Takes no lock of the index. */
function git(folder: string, words: readonly string[]): string | undefined {
  const result = spawnSync("git", words, {
    cwd: folder,
    encoding: "utf8",
    timeout: 5000,
    env: { ...process.env, GIT_OPTIONAL_LOCKS: "0" },
  });
  return result.status === 0 ? result.stdout.trim() : undefined;
}
