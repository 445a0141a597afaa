/** Says a line beside what a program or cell puts out. */
import { host, hostInstalled } from "./host.js";

/** In a sweep's worker, whose output goes into a file, to the sweep as well. */
export function sayAside(sentence: string): void {
  const line = `tunelab: ${sentence}`;
  // What is renewed in place on a terminal sees what stdout was given below it, and nothing else.
  if (process.stdout.isTTY) console.log(line);
  else console.warn(line);
  if (hostInstalled()) host().warned?.(sentence);
}
