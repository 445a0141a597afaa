import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { holdSetup } from "../../../scripts/setup/setupLock.mjs";

const newRoot = () => mkdtempSync(join(tmpdir(), "lock-"));
const folderOf = (root: string) => join(root, ".cache", "setup");

test("the lock names its process, and nothing is left once it is given back", async () => {
  const root = newRoot();
  const release = await holdSetup(root, () => {});
  expect(readFileSync(join(folderOf(root), "lock"), "utf8")).toBe(String(process.pid));
  expect(readdirSync(folderOf(root))).toEqual(["lock"]);
  release();
  expect(readdirSync(folderOf(root))).toEqual([]);
});

test("waits for a living holder and says so once; takes over from one that is gone", async () => {
  const root = newRoot();
  const said: string[] = [];
  const first = await holdSetup(root, () => {});
  const second = holdSetup(root, (text) => said.push(text));
  setTimeout(first, 1_200);
  (await second)();
  expect(said).toEqual([`  waiting for another set-up of this checkout (process ${process.pid}) to end`]);
  mkdirSync(folderOf(root), { recursive: true });
  // No process has this number: the largest is 2^22.
  writeFileSync(join(folderOf(root), "lock"), "9999999");
  (await holdSetup(root, () => {}))();
  expect(existsSync(join(folderOf(root), "lock"))).toBe(false);
});
