/** `tunelab compare`: what runs differ in. */
import { compareRuns } from "../../track/index.js";
import type { Command } from "../command.js";

export const compareCommand: Command = {
  name: "compare",
  summary: "Show what runs differ in: configuration, metrics, code.",
  positionals: "RUN RUN…",
  arity: { least: 1, most: Number.POSITIVE_INFINITY },
  options: {
    dir: {
      type: "string",
      value: "DIR",
      description: "the folder of runs, or any folder of TensorBoard's event files",
    },
    json: { type: "boolean", description: "one JSON object on standard output" },
  },
  run({ positionals, options }) {
    const comparison = compareRuns(positionals, typeof options.dir === "string" ? { dir: options.dir } : {});
    process.stdout.write(`${options.json === true ? JSON.stringify(comparison) : comparison}\n`);
    return 0;
  },
};
