import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { folderToWorkIn, WorkingFolder } from "../../../kernel-ext/session/workingFolder.js";

afterEach(() => {
  vi.restoreAllMocks();
});

/** Node asks the system again after each change of the folder. */
function failing(code: string): void {
  vi.spyOn(process, "cwd").mockImplementation(() => {
    throw Object.assign(new Error(code), { code });
  });
}

it("is where the process is, and stays the one that was removed until it goes elsewhere", () => {
  const home = process.cwd();
  const other = realpathSync(mkdtempSync(join(tmpdir(), "tunelab-folder-")));
  const folder = new WorkingFolder();
  expect(folder.path).toBe(home);
  try {
    process.chdir(other);
    expect(folder.path).toBe(other);
    failing("ENOENT");
    expect(folder.path).toBe(other);
    vi.restoreAllMocks();
  } finally {
    process.chdir(home);
    rmSync(other, { recursive: true });
  }
  expect(folder.path).toBe(home);
});

it.each(["EACCES", "ERANGE"])("stays the last one known where the system says %s", (code) => {
  const folder = new WorkingFolder();
  const { path } = folder;
  failing(code);
  expect(folder.path).toBe(path);
});

it("gives no folder to work in that cannot be told, or is gone", () => {
  const home = process.cwd();
  expect(folderToWorkIn("/elsewhere")).toBe(home);
  for (const code of ["ENOENT", "ERANGE"]) {
    failing(code);
    expect(() => folderToWorkIn(home)).toThrow(
      "this works in the notebook's folder, but the system cannot tell where that is: it was removed, or its path is too long; %cd goes elsewhere",
    );
    expect(() => folderToWorkIn("/no/such")).toThrow(/, but \/no\/such is gone; %cd goes elsewhere$/);
  }
  // Node keeps the path it was told until the process goes elsewhere.
  vi.spyOn(process, "cwd").mockReturnValue("/no/such");
  expect(() => folderToWorkIn("/no/such")).toThrow(/, but \/no\/such is gone; %cd goes elsewhere$/);
});

it("gives no other folder that took the name of the one that was renamed", () => {
  const home = process.cwd();
  const parent = realpathSync(mkdtempSync(join(tmpdir(), "tunelab-folder-")));
  const folder = join(parent, "here");
  mkdirSync(folder);
  try {
    process.chdir(folder);
    expect(folderToWorkIn(home)).toBe(folder);
    renameSync(folder, join(parent, "elsewhere"));
    mkdirSync(folder);
    expect(() => folderToWorkIn(folder)).toThrow(
      `but ${folder} is another folder now: the notebook's was renamed; %cd goes elsewhere`,
    );
  } finally {
    process.chdir(home);
    rmSync(parent, { recursive: true });
  }
});
