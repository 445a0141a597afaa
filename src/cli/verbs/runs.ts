/** `tunelab runs`: the table of what was tried. */
import { runs } from "../../track/index.js";
import { runsFolder } from "../../track/runFolder.js";
import type { Command } from "../command.js";

export const runsCommand: Command = {
  name: "runs",
  summary: "List runs: how each went and what came out.",
  positionals: "[RUN|GLOB…]",
  arity: { least: 0, most: Number.POSITIVE_INFINITY },
  options: {
    sort: {
      type: "string",
      value: "KEY",
      description:
        "a metric, a configuration key, name, status, createdAt or duration; largest first with - before it",
    },
    json: { type: "boolean", description: "one JSON array on standard output" },
  },
  run({ positionals, options }) {
    const table = runs({
      runs: positionals,
      ...(typeof options.sort === "string" ? { sort: options.sort } : {}),
    });
    if (options.json === true) process.stdout.write(`${JSON.stringify(table)}\n`);
    else process.stdout.write(`${table.rows.length === 0 ? nothingFound() : table}\n`);
    return 0;
  },
};

/** Runs lie where their process was started, so the folder looked in is often another one. */
function nothingFound(): string {
  const set = process.env.TUNELAB_RUNS ? "which TUNELAB_RUNS names" : "set TUNELAB_RUNS to look elsewhere";
  return `no runs in ${runsFolder()} (${set})`;
}
