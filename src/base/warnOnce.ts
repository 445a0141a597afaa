/** What concerns a whole process, said to whoever runs it. */
import { host, hostInstalled } from "./host.js";

const said = new Set<string>();

/** Says a sentence once in this process; in a sweep's worker, whose output goes into a file, to the sweep as well. */
export function warnOnce(sentence: string): void {
  if (said.has(sentence)) return;
  said.add(sentence);
  const line = `tunelab: ${sentence}`;
  // What is renewed in place on a terminal sees what stdout was given below it, and nothing else.
  if (process.stdout.isTTY) console.log(line);
  else console.warn(line);
  if (hostInstalled()) host().warned?.(sentence);
}
