/** `tunelab run`: executes a notebook through a real Jupyter client. */
import { existsSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { type Command, Misuse } from "../command.js";
import { notebookProgress } from "../notebookProgress.js";
import { notebookReport } from "../notebookReport.js";
import { runNotebook } from "../runNotebook.js";

export const runCommand: Command = {
  name: "run",
  summary: "Execute a notebook from top to bottom and keep the executed copy.",
  positionals: "NOTEBOOK",
  arity: { least: 1, most: 1 },
  options: {
    output: {
      type: "string",
      short: "o",
      value: "FILE",
      description: "the executed copy; out/NOTEBOOK beside it unless given",
    },
    kernel: { type: "string", value: "NAME", description: "kernel to use (tunelab)" },
    timeout: {
      type: "number",
      value: "SECONDS",
      description: "the longest a cell may take; no limit unless given",
    },
    json: { type: "boolean", description: "one JSON object on standard output" },
  },
  async run({ positionals, options }) {
    const source = resolve(positionals[0] ?? "");
    if (!existsSync(source)) throw new Misuse(`tunelab run needs a notebook; ${source} is not there`);
    const target = resolve(String(options.output ?? join(dirname(source), "out", basename(source))));
    const json = options.json === true;
    const failure = await runNotebook({
      source,
      target,
      ...(typeof options.kernel === "string" ? { kernel: options.kernel } : {}),
      ...(typeof options.timeout === "number" ? { timeout: options.timeout } : {}),
      ...(json ? {} : { onEvent: notebookProgress(process.stdout) }),
    });
    const report = notebookReport(target);
    if (json)
      process.stdout.write(`${JSON.stringify({ notebook: target, failure: failure ?? null, report })}\n`);
    else {
      for (const { heading, text } of report) process.stdout.write(`\n${heading}\n${text}\n`);
      if (failure) process.stderr.write(`${failure.traceback || failure.error}\n`);
      process.stdout.write(`\nExecuted notebook: ${relative(process.cwd(), target)}\n`);
    }
    return failure ? 1 : 0;
  },
};
