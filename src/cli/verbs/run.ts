/** `tunelab run`: executes a notebook through a real Jupyter client, or a program. */
import { existsSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { noteTypedCommand } from "../../base/typedCommand.js";
import { type Command, Misuse } from "../command.js";
import { notebookProgress } from "../notebookProgress.js";
import { notebookReport } from "../notebookReport.js";
import { plainText } from "../plainText.js";
import { type NotebookFailure, runNotebook } from "../runNotebook.js";
import { isProgram, runProgram } from "../runProgram.js";

export const runCommand: Command = {
  name: "run",
  summary:
    "Execute a notebook and keep the executed copy; or run a program of TypeScript, without options and without a check of its types.",
  positionals: "NOTEBOOK|PROGRAM.ts",
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
    "allow-errors": {
      type: "boolean",
      description: "go on after a cell that fails; the exit code is 0 then",
    },
    json: { type: "boolean", description: "one JSON object on standard output" },
  },
  async run({ positionals, options }) {
    const source = resolve(positionals[0] ?? "");
    if (!existsSync(source))
      throw new Misuse(`tunelab run needs a notebook or a program; ${source} is not there`);
    if (isProgram(source)) {
      const given = Object.keys(options).find((name) => options[name] !== undefined);
      if (given) throw new Misuse(`tunelab run takes --${given} for notebooks only; ${source} is a program`);
      noteTypedCommand(["tunelab", "run", positionals[0] as string]);
      return runProgram(source);
    }
    if (extname(source) !== ".ipynb")
      throw new Misuse(
        `tunelab run needs a notebook (.ipynb) or a program (.ts, .js, .mts, .mjs, .cts, .cjs); ${source} is neither`,
      );
    const target = resolve(String(options.output ?? join(dirname(source), "out", basename(source))));
    const json = options.json === true;
    const { kernel, timeout } = options;
    if (typeof timeout === "number" && timeout <= 0)
      throw new Misuse(`tunelab run needs a timeout above 0 seconds; ${timeout} was given`);
    const allowErrors = options["allow-errors"] === true;
    const failures: NotebookFailure[] = [];
    const progress = json ? undefined : notebookProgress(process.stdout);
    await runNotebook({
      source,
      target,
      allowErrors,
      ...(typeof kernel === "string" ? { kernel } : {}),
      ...(typeof timeout === "number" ? { timeout } : {}),
      onEvent: (event) => {
        if (event.event === "failed") failures.push(event);
        progress?.(event);
      },
    });
    const report = notebookReport(target);
    if (json) {
      const told = failures.map(plainFailure);
      const [failure = null] = told;
      process.stdout.write(`${JSON.stringify({ notebook: target, failure, failures: told, report })}\n`);
    } else {
      for (const { heading, text } of report) process.stdout.write(`\n${heading}\n${text}\n`);
      for (const { error, traceback } of process.stderr.isTTY ? failures : failures.map(plainFailure))
        process.stderr.write(`${traceback || error}\n`);
      process.stdout.write(`\nExecuted notebook: ${relative(process.cwd(), target)}\n`);
    }
    return failures.length > 0 && !allowErrors ? 1 : 0;
  },
};

/** Whoever reads JSON or a file has no use for a terminal's colours. */
function plainFailure({ cell, error, traceback }: NotebookFailure): NotebookFailure {
  return { cell, error: plainText(error), traceback: plainText(traceback) };
}
