/** `!command`: runs in the system's shell, from the notebook's folder; its output streams into the cell. */
import { spawn } from "node:child_process";
import type { MagicContext } from "./magicContext.js";

/** Resolves when the command ended well; else throws with its exit code. An interrupt ends it and its children. */
export async function runShell(command: string, context: MagicContext): Promise<void> {
  context.signal.throwIfAborted();
  const child = spawn(command, {
    shell: true,
    cwd: context.folder,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  child.stdout.setEncoding("utf8").on("data", (text: string) => context.print(text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => context.printError(text));
  const stop = () => {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGINT");
  };
  context.signal.addEventListener("abort", stop);
  try {
    const code = await new Promise<number | string>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (exit, signal) => resolve(exit ?? signal ?? 1));
    });
    if (context.signal.aborted) throw context.signal.reason;
    if (code !== 0)
      throw new Error(
        `the command ended with ${typeof code === "number" ? `exit code ${code}` : code}: ${command}`,
      );
  } finally {
    context.signal.removeEventListener("abort", stop);
  }
}
