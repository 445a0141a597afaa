/** A file system of a few kilobytes for a test, where the machine lets one be mounted. */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { onTestFinished, type TestContext } from "vitest";
import { temporaryFolder } from "./temporaryFolder.js";

/**
 * Its folder, until the test ends. Where none may be mounted, as in most containers, root's too, the test is skipped with a
 * sentence.
 */
export function smallDisk({ skip }: TestContext, options: string): string {
  const folder = temporaryFolder();
  const { status, stderr, error } = spawnSync("mount", ["-t", "tmpfs", "-o", options, "none", folder], {
    encoding: "utf8",
  });
  if (status !== 0) {
    rmSync(folder, { recursive: true }); // what is to be done at a test's end is not done for one that is skipped
    return skip(`no disk of ${options} may be mounted here: ${error ?? stderr}`);
  }
  onTestFinished(() => {
    spawnSync("umount", ["--lazy", folder]);
  });
  return folder;
}
