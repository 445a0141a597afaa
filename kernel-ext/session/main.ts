/** The session process: runs the cells its front sends. Started by the front with pipes on descriptors 3, 4 and 5. */
import { Socket } from "node:net";
import process from "node:process";
import { Worker } from "node:worker_threads";
import { boundedJson, TextAllowance } from "./bounds.js";
import { CellSession } from "./cellSession.js";
import { FrontLink } from "./frontLink.js";
import { type ControlNotice, interruptState, noteRunning, slot } from "./interruptState.js";
import { restore, withIntrinsics } from "./intrinsics.js";
import { LineReader, writeWhole } from "./lineChannel.js";
import { runMagic } from "./magicRuntime.js";
import { provideNotebookHost } from "./notebookHost.js";
import { preload } from "./preload.js";
import { append, shift } from "./primordials.js";
import { commandGroups, signalGroup } from "./processGroups.js";
import type { SessionCommand, SessionEvent } from "./protocol.js";
import { withoutInheritance } from "./withoutInheritance.js";

const state = interruptState();
const control = new Worker(new URL("./controlThread.js", import.meta.url), {
  workerData: { state: state.buffer },
});

const allowance = new TextAllowance();
const emit = (event: SessionEvent) => {
  const text = event.type === "stream" ? allowance.admit(event.cell, event.text) : undefined;
  if (text === "") return;
  if (event.type === "clear") allowance.renew(event.cell);
  writeWhole(4, `${boundedJson(text === undefined ? event : { ...event, text })}\n`);
};
const front = new FrontLink(emit);
commandGroups.changed = (groups) => emit({ type: "groups", groups });
const session: CellSession = new CellSession({
  emit,
  magic: (request) => runMagic(request, session, front),
  input: (cell, prompt, password) => front.input(cell, prompt, password),
  interrupted: closeOpenRuns,
  runs: (cell) => noteRunning(state, cell),
  child: (notice) => control.postMessage(notice),
});
const libraryLoaded = provideNotebookHost(session);

control.unref();
session.output.attribution.seen = state.subarray(slot.code, slot.code + 1);
const { add, load } = Atomics;
control.on("message", (notice: ControlNotice) => {
  if (notice === "alive?") {
    add(state, slot.beat, 1);
    return;
  }
  const { interrupt, terminations } = notice;
  session.runner.interrupt(
    interrupt,
    () => add(state, slot.beat, 1),
    () => load(state, slot.terminations) !== terminations,
  );
});

process.on("uncaughtException", (error) => session.errors.reportLate(error, "Uncaught"));
process.on("unhandledRejection", (error) => session.errors.reportUnhandled(error));
// The front decides about interrupts: a Ctrl-C in its terminal reaches this process too.
process.on("SIGINT", () => undefined);

/** Heard, and not obeyed yet: a cell's code must not run where cells' changes of JavaScript's objects are hidden. */
const heard: SessionCommand[] = [];
const commands = new LineReader((line) =>
  append(heard, withoutInheritance(JSON.parse(line) as SessionCommand)),
);
const socket = new Socket({ fd: 3, readable: true, writable: false });
socket.on("data", (chunk: Buffer) => {
  restore();
  withIntrinsics(() => commands.push(chunk));
  for (let next = shift(heard); next; next = shift(heard)) obey(next);
});
/** Told only of what cells' code does: the front knows of its own wish, and is not there to hear of its end. */
const tellExit = () => emit({ type: "exits" });
process.on("exit", tellExit);
// The front is gone: nobody is left to run cells for.
socket.on("close", () => {
  process.off("exit", tellExit);
  // The last listener: others may want to say their last words.
  process.once("exit", () => {
    for (const group of [...commandGroups.all, process.pid]) signalGroup(group, "SIGKILL");
  });
  process.exit(0);
});

session.runner.evaluator.evaluate("await 0", () => {
  session.runner.evaluator.release();
  emit({ type: "ready", pid: process.pid, node: process.versions.node });
});

function obey(command: SessionCommand): void {
  if (command.type === "answer") front.answer(command.id, command);
  else if (command.type === "input") front.answer(command.id, command);
  else if (command.type === "comm") deliver(command);
  else if (command.type === "preload") preload(command.modules, session.importer.imp);
  else if (command.type === "close") close();
  else run(command);
}

function close(): void {
  process.off("exit", tellExit);
  process.exit(0);
}

function run({ cell, silent, expressions }: Extract<SessionCommand, { type: "run" }>): void {
  session.run(cell, {
    silent,
    ...(expressions && { expressions }),
    ended: ({ milliseconds, error, expressions: results, page }) => {
      const done = { type: "done", cell: cell.number, milliseconds } as const;
      try {
        tellFolder();
        emit({
          ...done,
          ...(error && { error: error.report }),
          ...(results && { expressions: results }),
          ...(page && { page }),
        });
      } catch (unwritable) {
        // A bundle of the person's that is no JSON (a BigInt, a circle): the cell must end all the same.
        emit({ ...done, error: session.errors.report(unwritable) });
      }
    },
  });
}

/** The folder as the front knows it. */
let told = session.folder;

/** Code may change the working directory without `%cd`. */
function tellFolder(): void {
  const { folder } = session;
  if (folder === told) return;
  told = folder;
  emit({ type: "folder", folder });
}

function deliver({ cell, message }: Extract<SessionCommand, { type: "comm" }>): void {
  session.deliver(cell, message, (milliseconds) => emit({ type: "done", cell, milliseconds }));
}

/** After an interrupt that may have left `fit` no chance to end its run. */
function closeOpenRuns(): void {
  if (!libraryLoaded()) return;
  session.importer.library().then(
    (library) => library.closeOpenRuns("interrupted"),
    (error: unknown) => session.errors.reportLate(error, "Closing the interrupted runs failed"),
  );
}
