import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { holdSetup } from "../../../scripts/setup/setupLock.mjs";
import { contest } from "./lockContest.js";

/** Whether the file system has hard links. */
const links = vi.hoisted(() => ({ there: true }));
vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  const linkSync: typeof fs.linkSync = (...paths) => {
    if (!links.there) throw Object.assign(new Error("operation not permitted"), { code: "EPERM" });
    fs.linkSync(...paths);
  };
  return { ...fs, linkSync };
});

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

test("of several processes that take over a dead lock at once, one at a time has it", async () => {
  const module = new URL("../../../scripts/setup/setupLock.mjs", import.meta.url).href;
  const take = `
    import { holdSetup } from ${JSON.stringify(module)};
    const take = (folder) => holdSetup(folder, (text) => { throw new Error(text); });`;
  const lock = join(".cache", "setup", "lock");
  const { held, shared, folders } = await contest({ take, lock, dead: "9999999" });
  expect(shared).toBe(0);
  expect(held).toBeGreaterThanOrEqual(folders.length);
  expect(folders.flatMap((root) => readdirSync(folderOf(root)))).toEqual([]);
});

test("works where the file system has no hard links", async () => {
  links.there = false;
  try {
    const root = newRoot();
    const said: string[] = [];
    const first = await holdSetup(root, () => {});
    const second = holdSetup(root, (text) => said.push(text));
    setTimeout(first, 200);
    (await second)();
    expect(said).toHaveLength(1);
    writeFileSync(join(folderOf(root), "lock"), "9999999");
    (await holdSetup(root, () => {}))();
    expect(readdirSync(folderOf(root))).toEqual([]);
  } finally {
    links.there = true;
  }
});

test("only what is still its own is given back", async () => {
  const root = newRoot();
  const release = await holdSetup(root, () => {});
  writeFileSync(join(folderOf(root), "lock"), "1");
  release();
  expect(readFileSync(join(folderOf(root), "lock"), "utf8")).toBe("1");
});
