/** What concerns a whole process, said to whoever runs it. */
import { sayAside } from "./sayAside.js";

const said = new Set<string>();

/** Says a sentence once in this process; in a sweep's worker, whose output goes into a file, to the sweep as well. */
export function warnOnce(sentence: string): void {
  if (said.has(sentence)) return;
  said.add(sentence);
  sayAside(sentence);
}
