/** `tunelab runs`: the table of what was tried. */
import { type RunRow, runs } from "../../track/index.js";
import { runsFolder } from "../../track/runFolder.js";
import type { Arguments, Command } from "../command.js";
import { atTheDoor } from "../misuse.js";
import { runsTable } from "../runsTable.js";

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
    columns: {
      type: "string",
      value: "LIST",
      description:
        "show these, such as run,valAccuracy,learningRate; those that fit the terminal unless given",
    },
    json: { type: "boolean", description: "one JSON array on standard output" },
  },
  run({ positionals, options }) {
    const table = runs({
      runs: positionals,
      ...(typeof options.sort === "string" ? { sort: options.sort } : {}),
    });
    if (options.json === true) process.stdout.write(`${JSON.stringify(table)}\n`);
    else process.stdout.write(`${table.rows.length === 0 ? nothingFound() : shown(table.rows, options)}\n`);
    return 0;
  },
};

/** Where no terminal says how wide it is. */
const usualWidth = 100;

function shown(rows: readonly RunRow[], { columns }: Arguments["options"]): string {
  const width = process.stdout.columns ?? (Number(process.env.COLUMNS) || usualWidth);
  if (typeof columns !== "string") return runsTable(rows, { width });
  return atTheDoor(() => runsTable(rows, { width, columns: columns.split(",") }));
}

/** Runs lie where their process was started, so the folder looked in is often another one. */
function nothingFound(): string {
  const set = process.env.TUNELAB_RUNS ? "which TUNELAB_RUNS names" : "set TUNELAB_RUNS to look elsewhere";
  return `no runs in ${runsFolder()} (${set})`;
}
