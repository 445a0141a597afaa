/** Where this package lies and what its set-up made there. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder with package.json: the checkout. Compiled files lie three levels below it, sources two. */
export const root = findRoot();

function findRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  return folder;
}

/** A program of the checkout's Python environment. Throws an `Error` when set-up has not run. */
export function environmentProgram(name: string): string {
  const path = join(root, ".venv", "bin", name);
  if (!existsSync(path))
    throw new Error(`tunelab is not set up here: ${path} is missing; run npm start or tunelab setup`);
  return path;
}
