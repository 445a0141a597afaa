/**
 * The thread that hears Ctrl-C where the main thread has no turn of its event loop, as in a loop that only computes: it
 * notes it in the open runs, and lets the signal do what it does without a listener.
 *
 * Node tells signals to its main thread alone. The class by which it does so is there in every thread, but only for
 * `--expose-internals`, which this thread is started with.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { constants } from "node:os";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { writeFileAtomic } from "../base/atomicFile.js";
import { type InterruptMessage, listeners, quiet, settled } from "./interruptWatch.js";
import type { RunRecord } from "./runRecord.js";

interface SignalHandle {
  onsignal: () => void;
  start(signal: number): number;
  close(): void;
  unref(): void;
}

const open = new Set<string>();
parentPort?.on("message", ({ dir, isOpen }: InterruptMessage) => {
  if (isOpen) open.add(dir);
  else open.delete(dir);
});

// That these are Node's own is known.
process.removeAllListeners("warning");
const { internalBinding } = createRequire(import.meta.url)("internal/test/binding");
const { Signal } = internalBinding("signal_wrap") as { Signal: new () => SignalHandle };
const handle = new Signal();
handle.unref();
handle.onsignal = interrupted;
handle.start(constants.signals.SIGINT);

function interrupted(): void {
  const state = workerData as BigInt64Array;
  // Somebody else listens, or did a moment ago and has gone for this very signal: it is theirs.
  if (Atomics.load(state, listeners) > 0n) return;
  if (BigInt(Date.now()) - Atomics.load(state, quiet) < settled) return;
  for (const dir of open) note(join(dir, "run.json"));
  handle.close();
  process.kill(process.pid, "SIGINT");
}

function note(file: string): void {
  const record = JSON.parse(readFileSync(file, "utf8")) as RunRecord;
  if (record.status !== "running" || record.owner.pid !== process.pid) return;
  const interruptedAt = new Date().toISOString();
  writeFileAtomic(file, `${JSON.stringify({ ...record, interruptedAt }, null, 2)}\n`);
}
