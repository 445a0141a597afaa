/**
 * A process that reads a long source before the front does: `node probe.js`. What nests too deeply ends this one.
 *
 * Its main thread only hands on, so that it ends with the front also while the other one reads.
 */
import { writeSync } from "node:fs";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { type Question, readAhead } from "./readAhead.js";

/** Megabytes, less than half of what the front's main thread has: what is read here is read there. */
const stackSizeMb = 3;

if (isMainThread) {
  const reader = new Worker(new URL(import.meta.url), { resourceLimits: { stackSizeMb } });
  reader.on("message", (answer) => process.send?.(answer));
  reader.on("error", (error) => {
    writeSync(2, `${error.message}\n`);
    process.exit(1);
  });
  process.on("message", (question: Question) => reader.postMessage(question));
  process.on("disconnect", () => process.exit(0));
  // A Ctrl-C in the terminal is the front's to handle.
  process.on("SIGINT", () => undefined);
} else {
  parentPort?.on("message", async (question: Question) => {
    await readAhead(question);
    parentPort?.postMessage("read");
  });
}
