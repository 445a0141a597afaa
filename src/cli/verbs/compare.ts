/** `tunelab compare`: what runs differ in. */
import { compareRuns } from "../../track/index.js";
import type { Command } from "../command.js";

export const compareCommand: Command = {
  name: "compare",
  summary: "Show what runs differ in: configuration, metrics, code.",
  positionals: "RUN RUN…",
  arity: { least: 1, most: Number.POSITIVE_INFINITY },
  options: { json: { type: "boolean", description: "one JSON object on standard output" } },
  run({ positionals, options }) {
    const comparison = compareRuns(positionals);
    process.stdout.write(`${options.json === true ? JSON.stringify(comparison) : comparison}\n`);
    return 0;
  },
};
