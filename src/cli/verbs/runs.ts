/** `tunelab runs`: the table of what was tried. */
import { runs } from "../../track/index.js";
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
    process.stdout.write(options.json === true ? `${JSON.stringify(table)}\n` : `${table}\n`);
    return 0;
  },
};
