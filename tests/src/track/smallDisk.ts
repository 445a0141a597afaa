/** A file system of a few kilobytes for a test, where the machine lets one be mounted. */
import { spawnSync } from "node:child_process";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "./temporaryFolder.js";

/** Its folder, until the test ends; undefined, said aloud, where none may be mounted. */
export function smallDisk(options: string): string | undefined {
  const folder = temporaryFolder();
  const { status, stderr, error } = spawnSync("mount", ["-t", "tmpfs", "-o", options, "none", folder], {
    encoding: "utf8",
  });
  if (status !== 0) {
    console.warn(
      `no disk of ${options} may be mounted here, so this test looks at nothing: ${error ?? stderr}`,
    );
    return undefined;
  }
  onTestFinished(() => {
    spawnSync("umount", ["--lazy", folder]);
  });
  return folder;
}
