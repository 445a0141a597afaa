/**
 * The session's control thread: hears the front while the main thread computes.
 *
 * The ladder: tell the main thread (it ends the cell through signal and awaits); when it shows no sign of life for
 * 100 ms, V8 terminates what it runs; when V8 cannot either, because native code waits, the children of the cell get
 * SIGINT: it may be one of them that it waits for. What other cells left running goes on.
 *
 * Invariant: V8 is asked to terminate only a thread that computes or is blocked. One that merely waits for a
 * processor, on a busy machine, would be hit later, in the middle of the runner's own code.
 */
import { Session } from "node:inspector";
import { Socket } from "node:net";
import { parentPort, workerData } from "node:worker_threads";
import { BlockWatch } from "./blockWatch.js";
import { ChildCells, type ChildNotice } from "./childCells.js";
import { descendants } from "./descendants.js";
import { type InterruptNotice, isOver, slot } from "./interruptState.js";
import { LineReader } from "./lineChannel.js";
import { signalGroup } from "./processGroups.js";
import type { ControlCommand, ControlEvent } from "./protocol.js";
import { mainThreadActivity } from "./threadActivity.js";

/** Without a beat for this long the main thread counts as stuck, in milliseconds. */
const stuckAfter = 100;
const look = 20;
/** Its name is of those whose frames nobody is shown. */
const noting = "__tsk.noteStack()\n//# sourceURL=node:interrupt";
/** What it takes to keep where the main thread is, on a busy machine too, in milliseconds. */
const mostNoting = 50;
/** Of this the main thread must have used so much of a processor to count as computing, in milliseconds. */
const computed = 40;

const state = new Int32Array((workerData as { state: SharedArrayBuffer }).state);
const session = new Session();
session.connectToMainThread();

const children = new ChildCells();
parentPort?.on("message", (notice: ChildNotice) => children.note(notice));

/** One termination at a time: a second that arrives late would hit whatever runs then. */
let terminating = false;
let watched: NodeJS.Timeout | undefined;

function interrupt(cell: number): void {
  const notice: InterruptNotice = {
    interrupt: cell,
    terminations: Atomics.load(state, slot.terminations),
  };
  parentPort?.postMessage(notice);
  clearInterval(watched);
  terminating = false;
  const first = Atomics.load(state, slot.beat);
  let sign = lifeSign(first);
  watched = setInterval(() => {
    const beat = Atomics.load(state, slot.beat);
    if (isOver(state, cell, beat !== first)) clearInterval(watched);
    else if (beat !== sign.beat) sign = lifeSign(beat);
    else if (isStuck(sign)) {
      sign = lifeSign(beat);
      terminate(cell);
    }
  }, look);
}

/** When the main thread was last known to be alive, and what it had computed until then. */
interface LifeSign {
  readonly beat: number;
  readonly at: number;
  readonly cpu: number;
}

function lifeSign(beat: number): LifeSign {
  return { beat, at: performance.now(), cpu: mainThreadActivity()?.cpu ?? 0 };
}

function isStuck({ at, cpu }: LifeSign): boolean {
  if (performance.now() - at < stuckAfter) return false;
  const now = mainThreadActivity();
  return !now || now.sleeping || now.cpu - cpu >= computed;
}

function terminate(cell: number): void {
  if (terminating) {
    const since = Atomics.load(state, slot.since);
    signal(children.of(cell, descendants(process.pid), since), "SIGINT");
    return;
  }
  terminating = true;
  Atomics.add(state, slot.terminations, 1);
  // V8 runs it where the main thread is, and ends it if it must: what follows is heard after it.
  session.post("Runtime.evaluate", { expression: noting, silent: true, timeout: mostNoting });
  session.post("Runtime.terminateExecution", () => {
    terminating = false;
  });
}

function signal(processes: readonly number[], name: NodeJS.Signals): void {
  for (const pid of processes) {
    try {
      process.kill(pid, name);
    } catch (error) {
      if (!(error instanceof Error) || (error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}

const reader = new LineReader((line) => {
  const command = JSON.parse(line) as ControlCommand;
  if (command.type === "interrupt") interrupt(command.cell);
});
const socket = new Socket({ fd: 5, readable: true, writable: true });
socket.on("error", () => undefined);
socket.on("data", (chunk: Buffer) => reader.push(chunk));
const tell = (event: ControlEvent) => socket.write(`${JSON.stringify(event)}\n`);
new BlockWatch(state, () => parentPort?.postMessage("alive?"), tell).start();
// The front is gone. The main thread sees it too and ends; when it is stuck it cannot.
socket.on("close", () => {
  setTimeout(() => {
    signal(
      descendants(process.pid).map(({ pid }) => pid),
      "SIGKILL",
    );
    signalGroup(process.pid, "SIGKILL");
    process.kill(process.pid, "SIGKILL");
  }, 1000);
});
