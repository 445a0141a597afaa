/** Runs a program of TypeScript or JavaScript in this process, as `node FILE` would, with `tunelab` at hand. */
import { pathToFileURL } from "node:url";
import { Interrupted } from "../base/errors.js";
import { registerTypescript } from "../sweep/engines/registerTypescript.js";

export const isProgram = (file: string): boolean => /\.[cm]?[jt]s$/.test(file);

/** Resolves to the exit code once the module has run; what it threw is told with the lines of its source. */
export async function runProgram(file: string): Promise<number> {
  registerTypescript();
  process.setSourceMapsEnabled(true);
  // As the program expects it, and as its run records it.
  process.argv.splice(1, Number.POSITIVE_INFINITY, file);
  try {
    await import(pathToFileURL(file).href);
  } catch (error) {
    console.error(error instanceof Interrupted ? error.message : error);
    return error instanceof Interrupted ? 130 : 1;
  }
  return Number(process.exitCode ?? 0);
}
