/** `tunelab runs`: the table of what was tried. */
import { type RunOverview, runOverview } from "../../sweep/index.js";
import { runs } from "../../track/index.js";
import { runsFolder } from "../../track/runFolder.js";
import type { Arguments, Command } from "../command.js";
import { atTheDoor } from "../misuse.js";
import { runsTable } from "../runsTable.js";

export const runsCommand: Command = {
  name: "runs",
  summary: "List runs, newest first: how each went and what came out; a sweep's trials as one line.",
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
    trials: { type: "boolean", description: "a line for each trial of a sweep" },
    all: { type: "boolean", description: "as many lines as there are, not only the first 30" },
    json: {
      type: "boolean",
      description: "every run as one JSON array on standard output, trials too, oldest first",
    },
  },
  run({ positionals, options }) {
    const sort = typeof options.sort === "string" && { sort: options.sort };
    if (options.json === true) {
      process.stdout.write(`${JSON.stringify(runs({ runs: positionals, ...sort }))}\n`);
      return 0;
    }
    const asked = { trials: options.trials === true, all: options.all === true, ...sort };
    const overview = runOverview(runs({ runs: positionals }), asked);
    process.stdout.write(`${overview.rows.length === 0 ? nothingFound() : shown(overview, options)}\n`);
    return 0;
  },
};

/** Where no terminal says how wide it is. */
const usualWidth = 100;

function shown({ rows, notes }: RunOverview, { columns }: Arguments["options"]): string {
  const width = process.stdout.columns ?? (Number(process.env.COLUMNS) || usualWidth);
  const table =
    typeof columns === "string"
      ? atTheDoor(() => runsTable(rows, { width, columns: columns.split(",") }))
      : runsTable(rows, { width });
  return notes.length === 0 ? table : `${table}\n\n${notes.join("\n")}`;
}

/** Runs lie where their process was started, so the folder looked in is often another one. */
function nothingFound(): string {
  const set = process.env.TUNELAB_RUNS ? "which TUNELAB_RUNS names" : "set TUNELAB_RUNS to look elsewhere";
  return `no runs in ${runsFolder()} (${set})`;
}
