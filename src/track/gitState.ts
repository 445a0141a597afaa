/** Which commit a run's code came from, and what differs from it. */
import { spawnSync } from "node:child_process";
import type { GitState } from "./runRecord.js";
import { withoutAssignedSecrets } from "./withoutSecrets.js";

/** Seconds for which an answer is used again: a sweep opens many runs a minute. */
const rememberFor = 10;

/** Bytes of a difference that are kept. */
const longestDifference = 256 * 1024;

export interface Checkout {
  readonly state: GitState;
  /** What differs between the commit and the files git knows, secrets left out; absent where nothing does. */
  readonly difference?: string;
}

const remembered = new Map<string, { readonly until: number; readonly found: Checkout | undefined }>();

/** State of the checkout that holds `folder`; undefined outside a checkout or without git. */
export function checkoutOf(folder: string, now = Date.now() / 1000): Checkout | undefined {
  const known = remembered.get(folder);
  if (known && now < known.until && now > known.until - 2 * rememberFor) return known.found;
  const found = askGit(folder);
  remembered.set(folder, { until: now + rememberFor, found });
  return found;
}

function askGit(folder: string): Checkout | undefined {
  const commit = git(folder, ["rev-parse", "HEAD"]);
  if (commit === undefined) return undefined;
  const branch = git(folder, ["rev-parse", "--abbrev-ref", "HEAD"]) ?? "HEAD";
  const changes = git(folder, ["status", "--porcelain", "--untracked-files=no"]) ?? "";
  const state = { commit: commit.trim(), branch: branch.trim(), dirty: changes.trim() !== "" };
  if (!state.dirty) return { state };
  // Programs that a checkout's settings name for showing differences are not run.
  const difference = git(folder, ["diff", "HEAD", "--no-ext-diff", "--no-textconv", "--no-color"]);
  return { state, ...(difference && { difference: withoutAssignedSecrets(cut(difference)) }) };
}

/** Whole lines of what is not too long, and a last line that says what is left out. */
function cut(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length < longestDifference) return text;
  const kept = bytes.subarray(0, bytes.lastIndexOf("\n", longestDifference) + 1).toString();
  return `${kept}… the rest of the difference is left out: it is longer than ${longestDifference / 1024} KiB\n`;
}

/** Output of a git command, cut where it is very long, or undefined if it did not succeed. Takes no lock of the index. */
function git(folder: string, words: readonly string[]): string | undefined {
  const result = spawnSync("git", words, {
    cwd: folder,
    encoding: "utf8",
    timeout: 5000,
    maxBuffer: 2 * longestDifference,
    env: { ...process.env, GIT_OPTIONAL_LOCKS: "0" },
  });
  const isLong = (result.error as NodeJS.ErrnoException | undefined)?.code === "ENOBUFS";
  return result.status === 0 || isLong ? result.stdout : undefined;
}
