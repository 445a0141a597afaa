/** Offline runs of Weights & Biases, made by its own Python package, ready for `wandb sync`. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import type { ExportedRun } from "./exportedRun.js";
import type { OnProblem } from "./unread.js";
import { wandbLines } from "./wandbLines.js";

/** A run's folder, or what of a run is left out. */
type Answer = string | { readonly problem: string };

/** How `wandb_export.py` says that it cannot import the package. */
const noPackage = 3;

/**
 * Writes `<out>/wandb/offline-run-<time>-<id>` for each run; gives their paths.
 *
 * @param onProblem told what cannot be read, or wandb does not take
 * @throws Error when the Python has no wandb, or wandb fails, with what it said.
 */
export async function writeWandb(
  out: string,
  runs: readonly ExportedRun[],
  options: { readonly project?: string; readonly python?: string; readonly onProblem: OnProblem },
): Promise<string[]> {
  const { project = "tunelab", python = process.env.TUNELAB_PYTHON || "python3" } = options;
  mkdirSync(out, { recursive: true });
  const child = spawn(python, [program(), out, project], { stdio: ["pipe", "pipe", "pipe"] });
  const said = { out: "", err: "" };
  child.stdout.on("data", (text: Buffer) => (said.out += String(text)));
  child.stderr.on("data", (text: Buffer) => (said.err += String(text)));
  const ended = (once(child, "close") as Promise<[number | null]>).catch((error: Error) => {
    throw new Error(
      `export runs to wandb: ${python} must be a Python that has the package wandb, but ${error.message}`,
    );
  });
  const fed = pipeline(Readable.from(wandbLines(runs, options.onProblem)), child.stdin).catch(
    (error: NodeJS.ErrnoException) => {
      // The program ended before it had read all, and says itself why.
      if (error.code !== "EPIPE" && error.code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
    },
  );
  const [[code]] = await Promise.all([ended, fed]);
  if (code === noPackage)
    throw new Error(
      `export runs to wandb: the Python package wandb must be installed for ${python}, and is not; ${python} -m pip install wandb, or name another Python (--python)`,
    );
  if (code !== 0)
    throw new Error(`export runs to wandb: the package wandb failed (exit code ${code}): ${said.err.trim()}`);
  const answers = said.out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Answer);
  for (const answer of answers) if (typeof answer === "object") options.onProblem(`export ${answer.problem}`);
  return answers.filter((answer) => typeof answer === "string");
}

/** In the package's folder, of which this file lies in `src` or in `dist/src`. */
function program(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  return join(folder, "kernel-ext", "python", "wandb_export.py");
}
