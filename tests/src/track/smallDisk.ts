/** A file system of a few kilobytes for a test, where the machine lets one be mounted. */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { onTestFinished, type TestContext } from "vitest";
import { temporaryFolder } from "./temporaryFolder.js";

/**
 * Its folder, until the test ends. Where none may be mounted, the test is skipped with a sentence; in continuous integration,
 * whose user is root, it fails.
 */
export function smallDisk({ skip }: TestContext, options: string): string {
  const folder = temporaryFolder();
  const { status, stderr, error } = spawnSync("mount", ["-t", "tmpfs", "-o", options, "none", folder], {
    encoding: "utf8",
  });
  if (status !== 0) {
    rmSync(folder, { recursive: true }); // what is to be done at a test's end is not done for one that is skipped
    const why = `no disk of ${options} may be mounted here: ${error ?? stderr}`;
    if (process.env.CI === "true" && process.getuid?.() === 0) throw new Error(why);
    return skip(why);
  }
  onTestFinished(() => {
    spawnSync("umount", ["--lazy", folder]);
  });
  return folder;
}
