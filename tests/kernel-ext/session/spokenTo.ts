/** A child process that a test writes to, with what it has said. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";

export interface SpokenTo {
  readonly child: ChildProcessWithoutNullStreams;
  /** On stdout and stderr, so far. */
  readonly said: { out: string; errors: string };
  /** Its exit code and signal, when all was said. */
  readonly ended: Promise<unknown[]>;
}

/** Starts this Node with `args`. */
export function speakTo(args: readonly string[]): SpokenTo {
  const child = spawn(process.execPath, args);
  const said = { out: "", errors: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said.errors += text;
  });
  return { child, said, ended: once(child, "close") };
}
