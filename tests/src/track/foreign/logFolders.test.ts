import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { runFoldersIn } from "../../../../src/track/foreign/logFolders.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { withoutRights } from "../withoutRights.js";

/** What another program does just before a folder is read. */
const before = vi.hoisted(() => ({ reading: (_: unknown): void => {} }));
vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  const readdirSync = (...given: unknown[]) => {
    before.reading(given[0]);
    return (fs.readdirSync as (...args: unknown[]) => unknown)(...given);
  };
  return { ...fs, readdirSync };
});
afterEach(() => {
  before.reading = () => {};
  vi.restoreAllMocks();
});

function logs(root: string, ...names: string[]): string[] {
  return names.map((name) => {
    const dir = join(root, name);
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, "events.out.tfevents.1.host"), "");
    return dir;
  });
}

test.skipIf(process.platform === "win32")(
  "a folder that may not be read is left out, and said once; the root itself is refused",
  () => {
    const root = temporaryFolder();
    const [first, closed, last] = logs(root, "a", "b/closed", "c") as [string, string, string];
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    chmodSync(closed, 0o000);
    try {
      for (let look = 0; look < 2; look++)
        expect(withoutRights(root, () => runFoldersIn(root))).toEqual({ ours: [], foreign: [first, last] });
      expect(warn.mock.calls).toEqual([[`tunelab: ${closed} is left out, since it cannot be read (EACCES)`]]);
      expect(() => withoutRights(root, () => runFoldersIn(closed))).toThrow("EACCES");
    } finally {
      chmodSync(closed, 0o755);
    }
  },
);

test("links that lead round in a circle are left out", () => {
  const root = temporaryFolder();
  const found = logs(root, "a", "c");
  vi.spyOn(console, "warn").mockImplementation(() => {});
  symlinkSync("b", join(root, "b"));
  expect(runFoldersIn(root).foreign).toEqual(found);
});

test("a folder that is removed while others are looked at is left out", async () => {
  const { rmSync } = await vi.importActual<typeof import("node:fs")>("node:fs");
  const root = temporaryFolder();
  const [first, gone, last] = logs(root, "a", "b", "c") as [string, string, string];
  before.reading = (dir) => {
    if (dir === gone) rmSync(gone, { recursive: true });
  };
  expect(runFoldersIn(root).foreign).toEqual([first, last]);
});
