/** The session as the front sees it: a child process that runs cells, and may die of one. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import type { Socket } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { heapFull, saysHeapFull } from "../language/fullHeap.js";
import { LineReader } from "../session/lineChannel.js";
import { endGroups } from "../session/processGroups.js";
import type { ControlCommand, ControlEvent, SessionCommand, SessionEvent } from "../session/protocol.js";
import { HeapReport } from "./heapReport.js";
import { requireEvent } from "./requireEvent.js";

/** What a session says to more than this file. */
export type HeardEvent = Exclude<SessionEvent | ControlEvent, { type: "groups" | "exits" }>;

export interface SessionStart {
  readonly nodeArguments?: readonly string[];
  /** Where it begins, if that is there still. */
  readonly folder?: string;
  /** Default: this process's. */
  readonly environment?: NodeJS.ProcessEnv;
}

export interface SessionListener {
  event(event: HeardEvent): void;
  /** All events of one read were given: a good moment to send on what was gathered. */
  pause(): void;
  /** Output of native code or of child processes, which did not pass through the session's own streams. */
  native(name: "stdout" | "stderr", text: string): void;
  /** The process is gone. Nothing follows. */
  died(how: string): void;
}

/** What Node prints when a process with an inspector session ends. */
const debuggerNotice = /Waiting for the debugger to disconnect\.\.\.\n?/g;

/**
 * Without these checks a callback's endless loop can be ended and the session goes on; with them Node ends itself, as
 * what JavaScript noted of its callbacks does not fit any more. Nobody reads that but async_hooks, which turn them on.
 */
const survivesTermination = "--no-force-async-hooks-checks";

/** How long a process that closed one of its channels may take to end by itself, in milliseconds. */
const closingGrace = 300;

/** How long one whose code called `process.exit` may take, in milliseconds: native libraries end with it, as they will. */
const exitGrace = 10_000;

/** How long a dead process's outputs may stay open, in milliseconds: some child of its may hold them. */
const lastWordsGrace = 1000;

/** A session that ends this soon after an interrupt ended by it, in milliseconds. */
const interruptsReach = 2000;

/** The last words of a process that Node or V8 end since they find themselves broken; not those for want of memory. */
const ownFault =
  /async hook stack has become corrupted|Assertion failed: |# Fatal error in|FATAL ERROR: (?!.*(?:heap|memory))/;

/** V8's last words about something larger than it can hold, such as an array. */
const beyondV8 = /^# Fatal JavaScript (.+?)(?: \(see .*\))?$/m;

/** So much of what came on stderr last is looked at, in UTF-16 units: a native stack trace follows the words. */
const lastWords = 16_384;

/**
 * What Node does not survive when V8 ends code from outside: it looks whether its async hooks fit its stack, which the
 * end cut short; and V8's inspector, which tells of a cell's error by its stack and message, takes it that both can be read.
 */
const fatalInterrupt =
  "as it was interrupted: Node survives that neither in a callback once AsyncLocalStorage or async_hooks were used, nor in a getter of the error that a cell throws";

/**
 * Lifecycle: spawned by the constructor; says nothing before `listen`; `died` is called once, when everything the
 * process wrote was given, unless `close` came first. Guarantee: events come in the session's order, native output
 * before the `done` of its cell.
 */
export class SessionProcess {
  private readonly child: ChildProcess;
  private listener: SessionListener | undefined;
  /** Why the process could not be started. */
  private failure: Error | undefined;
  /** Why it was ended, when that is not what its exit says. */
  private reason: string | undefined;
  /** When it was last interrupted, unless a cell ended since. */
  private interruptedAt = Number.NEGATIVE_INFINITY;
  /** Its code called `process.exit`. */
  private exits = false;
  /** What native code wrote on stderr last. */
  private words = "";
  private readonly heapReport = new HeapReport();
  /** Counts what came on stdout and stderr. */
  private nativeCount = 0;
  private closed = false;
  /** Process groups of its commands. */
  private groups: readonly number[] = [];
  /** Resolves when the process is gone, and all that it started and did not let go. */
  private readonly gone: Promise<void>;

  /** Throws where the system takes no such environment, as one that is too large. */
  constructor(options: SessionStart = {}) {
    const main = fileURLToPath(new URL("../session/main.js", import.meta.url));
    const pipe = "pipe" as const;
    this.child = spawn(process.execPath, [survivesTermination, ...(options.nodeArguments ?? []), main], {
      stdio: ["ignore", pipe, pipe, pipe, pipe, pipe],
      // A group of its own: a Ctrl-C in the terminal is the front's to handle.
      detached: true,
      ...(options.environment && { env: options.environment }),
      ...(options.folder !== undefined && existsSync(options.folder) && { cwd: options.folder }),
    });
    for (const index of [3, 4, 5]) this.pipe(index).on("error", () => undefined);
    this.gone = new Promise((resolve) => {
      this.child.once("exit", () => void this.endChildren().then(resolve));
      this.child.once("error", () => resolve());
    });
    this.child.once("error", (error) => {
      this.failure = error;
      this.end(notStarted(error));
    });
  }

  /** Gives what the process says, from its first word on. To be called once. */
  listen(listener: SessionListener): void {
    this.listener = listener;
    if (this.failure) {
      this.end(notStarted(this.failure));
      return;
    }
    this.readNative("stdout");
    this.readNative("stderr");
    this.readEvents(listener);
    this.child.once("exit", (code, signal) => {
      const soon = this.endedSoonAfterInterrupt;
      const tell = () => this.end(this.reason ?? this.manner(code, signal, soon));
      const late = setTimeout(tell, lastWordsGrace);
      this.child.once("close", () => {
        clearTimeout(late);
        tell();
      });
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  send(command: SessionCommand): void {
    this.write(3, command);
  }

  control(command: ControlCommand): void {
    this.interruptedAt = performance.now();
    this.write(5, command);
  }

  /** Stops reading the session's events until `resume`: its writes then wait. */
  hold(): void {
    this.pipe(4).pause();
  }

  resume(): void {
    this.pipe(4).resume();
  }

  /** Resolves when what native code wrote so far was given. */
  async settle(): Promise<void> {
    let before = -1;
    while (before !== this.nativeCount) {
      before = this.nativeCount;
      await turn();
      await turn();
    }
  }

  /** Ends the process at once; `died` follows. */
  kill(): void {
    this.child.kill("SIGKILL");
  }

  /** Ends the process without `died`. Resolves when it is gone, and its children are. */
  async close(): Promise<void> {
    this.closed = true;
    this.send({ type: "close" });
    const late = setTimeout(() => this.child.kill("SIGKILL"), 300);
    await this.gone;
    clearTimeout(late);
  }

  private end(how: string): void {
    if (this.closed || !this.listener) return;
    this.closed = true;
    const report = this.heapReport.release();
    if (!saysHeapFull(this.words)) this.giveNative("stderr", report);
    this.listener.pause();
    this.listener.died(how);
  }

  private get endedSoonAfterInterrupt(): boolean {
    return performance.now() - this.interruptedAt < interruptsReach;
  }

  /**
   * How it ended, when all it wrote was read: Node and V8 say on stderr that they find themselves broken, or end by a
   * signal that nobody else sends.
   */
  private manner(code: number | null, signal: NodeJS.Signals | null, interrupted: boolean): string {
    const how = signal ? `signal ${signal}` : `exit code ${code ?? "unknown"}`;
    if (this.exits && !signal) return `${how}, by process.exit`;
    if (signal && saysHeapFull(this.words)) return `${heapFull}; ${how}`;
    const [, beyond] = beyondV8.exec(this.words) ?? [];
    if (signal && beyond) return `V8 cannot hold anything this large: ${beyond}; ${how}`;
    const broken = ownFault.test(this.words) || signal === "SIGTRAP" || signal === "SIGILL";
    return broken && interrupted ? `${how}, ${fatalInterrupt}` : how;
  }

  private async endChildren(): Promise<void> {
    const { pid } = this.child;
    await endGroups(pid === undefined ? this.groups : [pid, ...this.groups]);
  }

  private readNative(name: "stdout" | "stderr"): void {
    this.child[name]?.setEncoding("utf8").on("data", (text: string) => {
      this.nativeCount++;
      if (name === "stderr") this.words = (this.words + text).slice(-lastWords);
      this.giveNative(
        name,
        name === "stderr" ? this.heapReport.pass(text.replace(debuggerNotice, "")) : text,
      );
    });
  }

  private giveNative(name: "stdout" | "stderr", text: string): void {
    if (text !== "") this.listener?.native(name, text);
  }

  private readEvents(listener: SessionListener): void {
    const take = (text: string) => {
      const event = requireEvent(text);
      if (event.type === "done") {
        this.interruptedAt = Number.NEGATIVE_INFINITY;
        // Another process wrote it, such as a child that shares this one's stderr.
        this.giveNative("stderr", this.heapReport.release());
      }
      if (event.type === "groups") this.groups = event.groups;
      else if (event.type === "exits") this.exits = true;
      else listener.event(event);
    };
    for (const index of [4, 5]) {
      const reader = new LineReader((line) => this.taken(line, take));
      this.pipe(index).on("data", (chunk: Buffer) => {
        reader.push(chunk);
        listener.pause();
      });
    }
    // A dead session's last word may be of a command it had just begun.
    this.pipe(4).once("end", () => void endGroups(this.groups));
    this.pipe(3).resume();
    for (const index of [3, 4, 5]) this.pipe(index).once("close", () => this.closedItsChannel());
  }

  /** A session that writes what is no event has lost its channel, and what it wants to say with it. */
  private taken(line: string, take: (line: string) => void): void {
    if (this.reason !== undefined) return;
    try {
      take(line);
    } catch (error) {
      this.endFor(error instanceof Error ? error.message : String(error));
    }
  }

  /** Without one of its channels it can hear no cell, or tell of none. One that ends closes them too. */
  private closedItsChannel(): void {
    const tooLate = () => {
      if (this.exits) setTimeout(() => this.endFor(neverExited), exitGrace).unref();
      else this.endFor("it closed its channel to the kernel");
    };
    setTimeout(tooLate, closingGrace).unref();
  }

  private endFor(reason: string): void {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.reason ??= reason;
    this.kill();
  }

  private write(index: 3 | 5, command: SessionCommand | ControlCommand): void {
    const pipe = this.pipe(index);
    if (pipe.writable) pipe.write(`${JSON.stringify(command)}\n`);
  }

  private pipe(index: number): Socket {
    return this.child.stdio[index] as unknown as Socket;
  }
}

const neverExited = `process.exit was called, but the process did not end within ${exitGrace / 1000} s`;

function notStarted(error: Error): string {
  return `it could not be started: ${error.message}`;
}
