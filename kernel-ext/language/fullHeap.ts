/** What V8 says of a full heap, and what a person can do about it. */

/** Of a process, on its stderr; of a thread, by the error that its owner gets. */
const verdict = /^(?:FATAL ERROR: .*JavaScript heap out of memory|.*memory limit: JS heap out of memory)/m;

/** Whether what a dead process wrote last on stderr says that its heap was full. */
export function saysHeapFull(words: string): boolean {
  return verdict.test(words);
}

/** What to say of a process that ended so. */
export const heapFull =
  "out of memory: its JavaScript heap was full. Start Jupyter with NODE_OPTIONS=--max-old-space-size=8192 (megabytes) in the environment for a larger one";
