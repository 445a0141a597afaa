import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkoutOf } from "../../../src/track/gitState.js";
import { temporaryFolder } from "./temporaryFolder.js";

/** A checkout with one commit of the file `a`. */
function checkout(content: string) {
  const folder = temporaryFolder();
  const git = (...words: string[]) => execFileSync("git", words, { cwd: folder, encoding: "utf8" }).trim();
  git("init", "-q", "-b", "trunk");
  writeFileSync(join(folder, "a"), content);
  git("add", "a");
  git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", "first");
  return { folder, git };
}

test("says commit, branch and whether tracked files were changed; nothing outside of a checkout", () => {
  const { folder, git } = checkout("1");
  expect(checkoutOf(temporaryFolder(), 0)).toBeUndefined();
  const commit = git("rev-parse", "HEAD");
  expect(checkoutOf(folder, 0)).toEqual({ state: { commit, branch: "trunk", dirty: false } });
  writeFileSync(join(folder, "untracked"), "x");
  expect(checkoutOf(folder, 11)?.state).toMatchObject({ dirty: false });
  writeFileSync(join(folder, "a"), "2");
  // An answer is used again for ten seconds.
  expect(checkoutOf(folder, 20)?.state).toMatchObject({ dirty: false });
  expect(checkoutOf(folder, 22)?.state).toMatchObject({ dirty: true });
});

test("holds what git itself applies: the commit's files become those of now", () => {
  const before = Array.from({ length: 50 }, (_, i) => `line ${i}\n`).join("");
  const { folder } = checkout(before);
  const after = before.replace("line 7\n", "seven\n").replace("line 40\n", "");
  writeFileSync(join(folder, "a"), after);
  const { difference } = checkoutOf(folder, 0) ?? {};
  const other = temporaryFolder();
  mkdirSync(join(other, "there"));
  writeFileSync(join(other, "there", "a"), before);
  writeFileSync(join(other, "changes.diff"), difference ?? "");
  execFileSync("git", ["apply", "../changes.diff"], { cwd: join(other, "there") });
  copyFileSync(join(folder, "a"), join(other, "now"));
  execFileSync("cmp", [join(other, "there", "a"), join(other, "now")]);
});

test("starts no program that a checkout names for its differences, and shows staged changes too", () => {
  const { folder, git } = checkout("1\n");
  git("config", "diff.external", `touch ${join(folder, "ran")}; echo`);
  writeFileSync(join(folder, "a"), "2\n");
  git("add", "a");
  expect(checkoutOf(folder, 0)?.difference).toContain("-1\n+2\n");
  expect(() => execFileSync("ls", [join(folder, "ran")], { stdio: "ignore" })).toThrow();
});

test("cuts a long difference behind a line, and says so; leaves secrets out", () => {
  const { folder } = checkout("");
  const long = Array.from({ length: 100_000 }, (_, i) => `line number ${i}\n`).join("");
  writeFileSync(join(folder, "a"), `HF_TOKEN=hf_notforyou\n${long}`);
  const { difference = "" } = checkoutOf(folder, 0) ?? {};
  expect(Buffer.byteLength(difference)).toBeLessThan(256 * 1024 + 200);
  const lines = difference.trimEnd().split("\n");
  expect(lines.at(-1)).toBe("… the rest of the difference is left out: it is longer than 256 KiB");
  expect(lines.at(-2)).toMatch(/^\+line number \d+$/);
  expect(lines).toContain("+HF_TOKEN=***");
});
