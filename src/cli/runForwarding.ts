/** Runs a program in the foreground and hands it the signals that this process is sent, so that none outlives it. */
import { spawn } from "node:child_process";
import { constants } from "node:os";

const forwarded = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Resolves to the exit code once the program has ended; 128 + its number after a signal, as shells have it.
 *
 * A terminal sends Ctrl-C to the whole process group, so the program has it already: SIGINT is passed on only
 * where no terminal did so. Rejects when the program cannot be started.
 */
export async function runForwarding(program: string, args: readonly string[]): Promise<number> {
  const child = spawn(program, args, { stdio: "inherit" });
  const forward = (signal: NodeJS.Signals) => {
    if (signal === "SIGINT" && process.stdin.isTTY) return;
    child.kill(signal);
  };
  for (const signal of forwarded) process.on(signal, forward);
  try {
    return await new Promise<number>((done, fail) => {
      child.once("error", fail);
      child.once("close", (code, signal) => done(code ?? 128 + (signal ? constants.signals[signal] : 0)));
    });
  } finally {
    for (const signal of forwarded) process.off(signal, forward);
  }
}
