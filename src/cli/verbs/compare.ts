/** `tunelab compare`: what runs differ in, and their charts over each other. */
import { board } from "../../board/board.js";
import { compareRuns } from "../../track/index.js";
import type { Command } from "../command.js";
import { dirOption, folderOfRuns } from "../folderOfRuns.js";

export const compareCommand: Command = {
  name: "compare",
  summary: "Show what runs differ in: configuration, metrics, code; and their charts over each other.",
  positionals: "RUN RUN…",
  arity: { least: 1, most: Number.POSITIVE_INFINITY },
  options: {
    dir: dirOption,
    tables: { type: "boolean", description: "only the tables and the code: no charts" },
    html: { type: "string", value: "FILE", description: "also write the charts as one self-contained page" },
    json: { type: "boolean", description: "one JSON object on standard output" },
  },
  async run({ positionals, options }) {
    const dir = folderOfRuns(options.dir);
    const comparison = compareRuns(positionals, dir === undefined ? {} : { dir });
    const charts = await board(
      comparison.runs.map(({ dir }) => dir),
      typeof options.html === "string" ? { html: options.html } : {},
    );
    if (options.json === true) process.stdout.write(`${JSON.stringify(comparison)}\n`);
    else {
      process.stdout.write(`${comparison}\n`);
      if (options.tables !== true) process.stdout.write(`\n${await charts.toText()}\n`);
    }
    return 0;
  },
};
