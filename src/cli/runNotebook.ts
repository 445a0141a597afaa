/** Executes a notebook through a real Jupyter client (nbclient of the environment), telling how it goes. */
import { spawn } from "node:child_process";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { environmentProgram, root } from "./checkout.js";

/** What kernel-ext/python/run_notebook.py says, one a line. Cells count from 1, code cells only. */
export type NotebookEvent =
  | { event: "start"; cells: number }
  | { event: "cell"; cell: number; title: string }
  | { event: "output"; text: string }
  | { event: "done"; cell: number; seconds: number }
  | { event: "end"; seconds: number }
  | { event: "failed"; cell: number; error: string; traceback: string };

export interface NotebookOptions {
  readonly source: string;
  /** Where the executed notebook is written; also when a cell failed. */
  readonly target: string;
  /** Working directory of the kernel. The notebook's own folder unless said. */
  readonly cwd?: string;
  /** Kernel name. Default "tunelab". */
  readonly kernel?: string;
  /** Seconds a cell may take. No limit unless said. */
  readonly timeout?: number;
  /** Go on after a cell that fails. */
  readonly allowErrors?: boolean;
  readonly env?: NodeJS.ProcessEnv;
  /** Aborted to end client and kernel; what failed before is told then. */
  readonly stop?: AbortSignal;
  /** Hears every failure. */
  readonly onEvent?: (event: NotebookEvent) => void;
}

export interface NotebookFailure {
  readonly cell: number;
  readonly error: string;
  readonly traceback: string;
}

/** Resolves to what failed first, or undefined when every cell ran. Rejects when the client itself could not run. */
export async function runNotebook(options: NotebookOptions): Promise<NotebookFailure | undefined> {
  const source = resolve(options.source);
  const args = [join(root, "kernel-ext", "python", "run_notebook.py"), source, resolve(options.target)];
  args.push("--cwd", options.cwd ?? dirname(source), "--kernel", options.kernel ?? "tunelab");
  if (options.timeout !== undefined) args.push("--timeout", String(options.timeout));
  if (options.allowErrors) args.push("--allow-errors");
  // Its standard input ends with this process, and it ends with that.
  args.push("--with-parent");
  const env = { ...process.env, ...options.env, PYTHONUNBUFFERED: "1" };
  const child = spawn(environmentProgram("python"), args, { env, stdio: ["pipe", "pipe", "pipe"] });
  const { stop } = options;
  const end = () => child.kill("SIGTERM");
  if (stop?.aborted) end();
  stop?.addEventListener("abort", end, { once: true });
  let failure: NotebookFailure | undefined;
  let said = "";
  createInterface({ input: child.stdout }).on("line", (line) => {
    const event = readEvent(line);
    if (event?.event === "failed") failure ??= event;
    if (event) options.onEvent?.(event);
  });
  child.stderr.on("data", (data) => {
    said = (said + data).slice(-20_000);
  });
  const code = await new Promise<number>((done, fail) => {
    child.once("error", fail);
    child.once("close", (status) => done(status ?? 1));
  }).finally(() => stop?.removeEventListener("abort", end));
  if (code !== 0 && !failure && !stop?.aborted)
    throw new Error(`the Jupyter client could not run ${source}: ${lastLine(said)}`);
  return failure;
}

function readEvent(line: string): NotebookEvent | undefined {
  if (!line.startsWith('{"event":')) return undefined;
  return JSON.parse(line) as NotebookEvent;
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
