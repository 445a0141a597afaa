/**
 * The session's control thread: hears the front while the main thread computes.
 *
 * The ladder: tell the main thread (it ends the cell through signal and awaits); when it shows no sign of life for
 * 100 ms, V8 terminates what it runs; when V8 cannot either, because native code waits, the children the session
 * waits for get SIGINT.
 */
import { Session } from "node:inspector";
import { Socket } from "node:net";
import { parentPort, workerData } from "node:worker_threads";
import { descendants } from "./descendants.js";
import { slot } from "./interruptState.js";
import { LineReader } from "./lineChannel.js";
import type { ControlCommand } from "./protocol.js";

/** Without a beat for this long the main thread counts as stuck, in milliseconds. */
const stuckAfter = 100;
const look = 20;

const state = new Int32Array((workerData as { state: SharedArrayBuffer }).state);
const session = new Session();
session.connectToMainThread();

/** One termination at a time: a second that arrives late would hit whatever runs then. */
let terminating = false;
let watched: NodeJS.Timeout | undefined;

function interrupt(cell: number): void {
  parentPort?.postMessage({ interrupt: cell });
  clearInterval(watched);
  let beat = Atomics.load(state, slot.beat);
  let since = performance.now();
  watched = setInterval(() => {
    const now = Atomics.load(state, slot.beat);
    const over = cell === 0 ? now !== beat : Atomics.load(state, slot.running) !== cell;
    if (over) {
      clearInterval(watched);
    } else if (now !== beat) {
      beat = now;
      since = performance.now();
    } else if (performance.now() - since >= stuckAfter) {
      since = performance.now();
      terminate();
    }
  }, look);
}

function terminate(): void {
  if (terminating) {
    interruptChildren();
    return;
  }
  terminating = true;
  session.post("Runtime.terminateExecution", () => {
    terminating = false;
  });
}

/** SIGINT to all descendants, as a terminal's Ctrl-C would send it to the process group. */
function interruptChildren(): void {
  for (const child of descendants(process.pid)) {
    try {
      process.kill(child, "SIGINT");
    } catch (error) {
      if (!(error instanceof Error) || (error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}

const reader = new LineReader((line) => {
  const command = JSON.parse(line) as ControlCommand;
  if (command.type === "interrupt") interrupt(command.cell);
});
const socket = new Socket({ fd: 5, readable: true, writable: false });
socket.on("data", (chunk: Buffer) => reader.push(chunk));
