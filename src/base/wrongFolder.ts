import { existsSync } from "node:fs";
import { isFolder } from "./isFolder.js";
import { visibleControls } from "./visibleControls.js";

/** What a person is told who names this path by `--dir`: undefined where it is a folder. */
export function wrongFolder(path: string): string | undefined {
  const isThere = existsSync(path);
  if (isThere && isFolder(path)) return undefined;
  return `--dir needs a folder; ${visibleControls(path)} is ${isThere ? "a file" : "not there"}`;
}
