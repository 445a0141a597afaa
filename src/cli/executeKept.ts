/** Executes the code that a run keeps, in processes that end with this one. */
import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { executableCells } from "./executableCells.js";
import { runNotebook } from "./runNotebook.js";

export interface Execution {
  /** For what is made on the way. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Told each line that the fix says. */
  readonly say: (line: string) => void;
  /** Aborted where a person interrupts: a program may answer with what it found so far. */
  readonly interrupted: AbortSignal;
  /** Aborted to end it. */
  readonly stop: AbortSignal;
}

const told = /^(?:tunelab: )?fix (.*)$/;

/** Milliseconds between asking a process to end and ending it. */
const patience = 5_000;

/** Resolves to the last line of what went wrong; empty if nothing did. */
export async function executeProgram(
  words: readonly string[],
  { env, cwd, say, interrupted, stop }: Execution,
): Promise<string> {
  const module = fileURLToPath(new URL("./repeatProgram.js", import.meta.url));
  const child = spawn(process.execPath, [module, ...words], {
    env,
    cwd,
    // A group of its own: it ends with all that it started.
    detached: true,
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  let last = "";
  let rest = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split(/\r?\n|\r/);
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const [, sentence] = told.exec(line) ?? [];
      if (sentence !== undefined) say(sentence);
      else if (/^\S*Error\b/.test(line)) last = line;
    }
  });
  const undo = endOn(stop, child);
  const interrupt = () => endGroup(child, "SIGINT");
  interrupted.addEventListener("abort", interrupt, { once: true });
  try {
    await new Promise<void>((done, fail) => {
      child.once("error", fail);
      child.once("close", () => done());
    });
  } finally {
    interrupted.removeEventListener("abort", interrupt);
    undo();
  }
  return last;
}

/** Ends the child's group when it is asked to: kindly first. */
function endOn(stop: AbortSignal, child: ChildProcess): () => void {
  let timer: NodeJS.Timeout | undefined;
  const end = () => {
    endGroup(child, "SIGTERM");
    timer = setTimeout(() => endGroup(child, "SIGKILL"), patience);
  };
  if (stop.aborted) end();
  else stop.addEventListener("abort", end, { once: true });
  return () => {
    clearTimeout(timer);
    stop.removeEventListener("abort", end);
    endGroup(child, "SIGKILL");
  };
}

function endGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // Nobody of it is left.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Cells are executed in a notebook of their own. Resolves to the first error of one; empty if there was none. */
export async function executeCells(
  sources: readonly string[],
  { folder, env, cwd, say, interrupted, stop }: Execution,
): Promise<string> {
  const source = join(folder, "fix.ipynb");
  writeFileSync(source, JSON.stringify(notebook(executableCells(sources))));
  const failure = await runNotebook({
    source,
    target: join(folder, "executed.ipynb"),
    cwd,
    env,
    // Cells that failed in their session fail again, and others went on behind them.
    allowErrors: true,
    stop: AbortSignal.any([stop, interrupted]),
    onEvent(event) {
      if (event.event !== "output") return;
      for (const line of event.text.split("\n")) {
        const [, sentence] = told.exec(line) ?? [];
        if (sentence !== undefined) say(sentence);
      }
    },
  });
  return failure?.error ?? "";
}

function notebook(cells: readonly string[]): object {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: "tunelab", display_name: "TypeScript (tunelab)", language: "typescript" },
    },
    cells: cells.map((source, i) => ({
      id: `cell-${i}`,
      cell_type: "code",
      execution_count: null,
      metadata: {},
      outputs: [],
      source,
    })),
  };
}
