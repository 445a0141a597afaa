import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { refuseIfGone, resolveHere } from "../../../src/base/workingFolder.js";
import { findRuns } from "../../../src/track/findRuns.js";

const before = process.cwd();
afterEach(() => process.chdir(before));

/** This process stands in a folder that is gone. @param told whether Node had asked for its path before */
function inRemovedFolder({ told }: { told: boolean }): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "gone-"));
  process.chdir(folder);
  if (told) process.cwd();
  rmSync(folder, { recursive: true });
  return folder;
}

describe("resolveHere", () => {
  it("is Node's resolve while there is a working directory", () => {
    expect(resolveHere("a/../b")).toBe(resolve("b"));
    expect(resolveHere("/a/../b")).toBe(resolve("/b"));
  });

  it("says in one sentence that it is gone, and needs none for an absolute path", () => {
    inRemovedFolder({ told: false });
    expect(() => resolveHere("runs")).toThrow(RangeError);
    expect(() => resolveHere("runs")).toThrow(
      'look into "runs": that is in the working directory, which must be there; it is gone; process.chdir (in a notebook %cd) goes elsewhere',
    );
    expect(resolveHere("/b")).toBe(resolve("/b"));
  });
});

describe("refuseIfGone", () => {
  it("refuses what went with the working directory only", () => {
    refuseIfGone(resolve("no such folder"));
    const folder = inRemovedFolder({ told: true });
    const runs = join(folder, "runs");
    expect(() => refuseIfGone(runs)).toThrow(
      `look into ${runs}: the working directory must be there; ${folder} is gone, removed or renamed; process.chdir`,
    );
    refuseIfGone(join(folder, "..", "others"));
  });

  it("has nothing against a folder elsewhere where the system cannot tell the working directory", () => {
    const elsewhere = join(realpathSync(tmpdir()), "no-runs");
    inRemovedFolder({ told: false });
    refuseIfGone(elsewhere);
    expect(findRuns([], { dir: elsewhere })).toEqual([]);
  });
});
