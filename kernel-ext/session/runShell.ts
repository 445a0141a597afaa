/** `!command`: runs in the system's shell, from the notebook's folder; its output streams into the cell. */
import { type ChildProcess, spawn } from "node:child_process";
import type { Socket } from "node:net";
import type { Readable } from "node:stream";
import { getSystemErrorMap } from "node:util";
import type { MagicContext } from "./magicContext.js";
import { commandGroups, signalGroup } from "./processGroups.js";

/**
 * What an interrupted command gets, by milliseconds since: to end by itself as after a terminal's Ctrl-C, to end, to be
 * gone. The second SIGINT is for a shell so young that it may have taken the first before it began its command; jobs in
 * its background ignore both.
 */
const ladder: readonly (readonly [number, NodeJS.Signals])[] = [
  [0, "SIGINT"],
  [100, "SIGINT"],
  [170, "SIGTERM"],
  [230, "SIGKILL"],
];
/** A shell older than this, in milliseconds, has heard the first. */
const youth = 500;

/**
 * Becomes the command's shell once it hears a line at descriptor 3. Should the session die before it has said the
 * command's group, the shell hears the end instead: nobody would know what to end.
 */
const gate = 'read -r go <&3 || exit 1; exec 3<&-; exec /bin/sh -c "$1"';

/** Resolves when the command ended well; else throws with its exit code. An interrupt ends it and its children. */
export async function runShell(command: string, context: MagicContext): Promise<void> {
  context.signal.throwIfAborted();
  const { folder } = context;
  const child = spawn("/bin/sh", ["-c", gate, "sh", command], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    detached: true,
  }) as ShellProcess;
  if (child.pid === undefined) throw await startFailure(child, folder);
  commandGroups.add(child.pid);
  open(child);
  const begun = performance.now();
  const signals: NodeJS.Timeout[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => context.print(text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => context.printError(text));
  const stop = () => {
    const isYoung = performance.now() - begun < youth;
    for (const [after, signal] of ladder) {
      if (signal !== "SIGINT" || after === 0 || isYoung) signals.push(setTimeout(tell, after, child, signal));
    }
  };
  context.signal.addEventListener("abort", stop);
  try {
    const code = await new Promise<number | string>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (exit, signal) => resolve(exit ?? signal ?? 1));
    });
    if (context.signal.aborted) throw context.signal.reason;
    if (code !== 0) {
      const how = typeof code === "number" ? `exit code ${code}` : code;
      throw new Error(`the command ended with ${how}: ${command}${await codeHint(command, code, context)}`);
    }
  } finally {
    for (const timer of signals) clearTimeout(timer);
    commandGroups.settle();
    context.signal.removeEventListener("abort", stop);
  }
}

/** Of a child that has no process: none of its streams need be there. */
async function startFailure(child: ChildProcess, folder: string): Promise<Error> {
  const error = await new Promise<NodeJS.ErrnoException>((resolve) => child.once("error", resolve));
  const [, why] = getSystemErrorMap().get(error.errno ?? 0) ?? [undefined, error.message];
  return new Error(`the command could not be started in ${folder}: ${why}`);
}

/** What a shell answers to a line of TypeScript: 2, it cannot read it; 126 and 127, there is no such command. */
const misread: readonly unknown[] = [2, 126, 127];

/** `!isNaN(x)`, at a line's start, is a command: a hint for who meant the negation. */
async function codeHint(command: string, code: unknown, context: MagicContext): Promise<string> {
  const [, name, call] = /^([A-Za-z_$][\w$]*)[\w$.]*(\()?/.exec(command) ?? [];
  if (name === undefined || !misread.includes(code)) return "";
  if (call === undefined && !(await context.names()).includes(name)) return "";
  return ` (a line that begins with ! is a command of the system's; as TypeScript, write (!${command.replace(/;\s*$/, "")}))`;
}

type ShellProcess = ChildProcess & { readonly stdout: Readable; readonly stderr: Readable };

/** A shell that was ended before it listened makes the pipe fail: its end is told by its exit. */
function open(child: ChildProcess): void {
  const listening = child.stdio[3] as Socket;
  listening.on("error", () => undefined).resume();
  listening.end("\n");
}

/** To the command and all it started. Once that is to be gone, nobody waits for output of those who left its group. */
function tell(child: ShellProcess, signal: NodeJS.Signals): void {
  if (child.pid !== undefined) signalGroup(child.pid, signal);
  if (signal !== "SIGKILL") return;
  child.stdout.destroy();
  child.stderr.destroy();
}
