/** Ends this process when the one that started it is gone, even while user code blocks the main thread. */
import { Worker } from "node:worker_threads";

/** Milliseconds between two looks. */
const interval = 1_000;

/** Starts a thread that looks whether the parent process still lives. */
export function endWithParent(): void {
  // An orphan gets another parent: Linux and macOS both change its ppid.
  const watch = `setInterval(() => { if (process.ppid !== ${process.ppid}) process.kill(process.pid, "SIGKILL"); }, ${interval});`;
  new Worker(watch, { eval: true, stdout: false, stderr: false }).unref();
}
