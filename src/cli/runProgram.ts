/** Runs a program of TypeScript or JavaScript in this process, as `node FILE` would, with `tunelab` at hand. */
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import { Interrupted } from "../base/errors.js";
import { personFrames } from "../base/personFrames.js";
import { isNotTypescript } from "../sweep/engines/notTypescript.js";
import { registerTypescript } from "../sweep/engines/registerTypescript.js";

export const isProgram = (file: string): boolean => /\.[cm]?[jt]s$/.test(file);

/**
 * Resolves to the exit code once the module has run; what it threw is told with the lines of its source.
 *
 * @param words the program's arguments
 */
export async function runProgram(file: string, words: readonly string[] = []): Promise<number> {
  registerTypescript();
  process.setSourceMapsEnabled(true);
  // As the program expects it, and as its run records it.
  process.argv.splice(1, Number.POSITIVE_INFINITY, file, ...words);
  try {
    await import(pathToFileURL(file).href);
  } catch (error) {
    console.error(error instanceof Interrupted ? error.message : told(error));
    return error instanceof Interrupted ? 130 : 1;
  }
  return Number(process.exitCode ?? 0);
}

/** As Node tells it, causes and all, with the person's frames; of a file that cannot be read as TypeScript the sentence. */
function told(error: unknown): string {
  if (!(error instanceof Error)) return `the program threw ${inspect(error)}`;
  if (isNotTypescript(error)) return error.message;
  // Behind the last frame begin the properties that an error has of its own: they stay where the frame does not.
  const text = inspect(error).replace(/^(\s+at .*) \{$/gm, "$1\n{");
  return personFrames(text).replace(/\n\{$/gm, " {");
}
