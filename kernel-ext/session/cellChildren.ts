/** Keeps late output with its cell: what a child process writes to the output it inherits. Tells whose each child is. */
import { ChildProcess } from "node:child_process";
import process from "node:process";
import type { Readable } from "node:stream";
import type { Attribution } from "./attribution.js";
import type { ChildNotice } from "./childCells.js";

type Stdio = "inherit" | "pipe" | readonly unknown[] | undefined;
type Spawn = (this: ChildProcess, options: { stdio?: unknown }) => unknown;

/**
 * A child that would inherit this process's output gets pipes, so that what it writes is known to be its cell's.
 * @param write takes what a child of the cell that runs now wrote.
 * @param note is told of each child, and of its end.
 */
export function attributeChildren(
  attribution: Attribution,
  write: (name: "stdout" | "stderr", text: string) => void,
  note: (notice: ChildNotice) => void = () => undefined,
): void {
  const prototype = ChildProcess.prototype as unknown as { spawn: Spawn };
  const spawnIt = prototype.spawn;
  const native: Spawn = function (options) {
    const result = spawnIt.call(this, options);
    const { pid: child } = this;
    if (child === undefined) return result;
    note({ child, cell: attribution.cell });
    this.once("exit", () => note({ child, ended: true }));
    return result;
  };
  prototype.spawn = function spawn(options) {
    const { cell } = attribution;
    const inherited = cell === 0 ? [] : inheritedOutputs(options.stdio as Stdio);
    if (inherited.length === 0) return native.call(this, options);
    const stdio = listOf(options.stdio as Stdio);
    for (const fd of inherited) stdio[fd] = "pipe";
    const result = native.call(this, { ...options, stdio });
    for (const fd of inherited) {
      const name = fd === 1 ? "stdout" : "stderr";
      const stream = this[name] as Readable | null;
      stream?.setEncoding("utf8").on("data", (text: string) => {
        attribution.within(cell, () => write(name, text));
      });
      // Who lets a child inherit its output gets no stream of it.
      this[name] = null;
      (this.stdio as unknown[])[fd] = null;
    }
    return result;
  };
}

function listOf(stdio: Stdio): unknown[] {
  if (Array.isArray(stdio)) return [stdio[0], stdio[1], stdio[2], ...stdio.slice(3)];
  return [stdio, stdio, stdio];
}

/** Of the descriptors 1 and 2 those that stand for this process's own. */
function inheritedOutputs(stdio: Stdio): number[] {
  const list = listOf(stdio);
  return [1, 2].filter((fd) => list[fd] === "inherit" || list[fd] === fd || isOwnStream(list[fd], fd));
}

function isOwnStream(value: unknown, fd: number): boolean {
  return value === (fd === 1 ? process.stdout : process.stderr);
}
