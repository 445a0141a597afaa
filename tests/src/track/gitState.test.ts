import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { gitState } from "../../../src/track/gitState.js";
import { temporaryFolder } from "./temporaryFolder.js";

test("says commit, branch and whether tracked files were changed; nothing outside of a checkout", () => {
  const folder = temporaryFolder();
  expect(gitState(folder, 0)).toBeUndefined();
  const git = (...words: string[]) => execFileSync("git", words, { cwd: folder, encoding: "utf8" }).trim();
  git("init", "-q", "-b", "trunk");
  writeFileSync(join(folder, "a"), "1");
  git("add", "a");
  git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", "first");
  const commit = git("rev-parse", "HEAD");
  // An answer is used again for ten seconds.
  expect(gitState(folder, 9)).toBeUndefined();
  expect(gitState(folder, 11)).toEqual({ commit, branch: "trunk", dirty: false });
  writeFileSync(join(folder, "untracked"), "x");
  expect(gitState(folder, 22)).toMatchObject({ dirty: false });
  writeFileSync(join(folder, "a"), "2");
  expect(gitState(folder, 33)).toMatchObject({ dirty: true });
});
