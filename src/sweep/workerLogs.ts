/** What the workers of a sweep printed: it goes into files, since several trials print at once. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";

/** The folder of a sweep's logs. */
export function workerLogs(dir: string): string {
  return join(dir, "workers");
}

/** The logs that hold something, relative to the current folder. */
export function printedLogs(dir: string): string[] {
  const folder = workerLogs(dir);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".log"))
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).size > 0)
    .map((file) => relative(process.cwd(), file));
}
