/** `tunelab runs`: the table of what was tried. */
import { setTimeout as pause } from "node:timers/promises";
import { filterStart } from "../../base/filterStart.js";
import { host } from "../../base/host.js";
import { type RunOverview, runOverview } from "../../sweep/index.js";
import { liveRuns, type RunsOptions, runs } from "../../track/index.js";
import { runsFolder } from "../../track/runFolder.js";
import { type Arguments, type Command, Misuse } from "../command.js";
import { terminalWidth } from "../fittingTable.js";
import { dirOption, folderOfRuns } from "../folderOfRuns.js";
import { atTheDoor } from "../misuse.js";
import { runsTable } from "../runsTable.js";

/** Milliseconds between two looks at the runs. */
const watchEvery = 1000;

export const runsCommand: Command = {
  name: "runs",
  summary: "List runs, newest first: how each went and what came out; a sweep's trials as one line.",
  positionals: "[RUN|GLOB…] [FILTER]",
  arity: { least: 0, most: Number.POSITIVE_INFINITY },
  options: {
    sort: {
      type: "string",
      value: "KEYS",
      description:
        "metrics, configuration keys, name, status, createdAt or duration, with commas between; largest first with - before one",
    },
    columns: {
      type: "string",
      value: "LIST",
      description:
        "show these, such as run,valAccuracy,learningRate; those that fit the terminal unless given",
    },
    limit: { type: "number", description: "as many lines at most; 30 unless given" },
    dir: dirOption,
    trials: { type: "boolean", description: "a line for each trial of a sweep" },
    all: { type: "boolean", description: "as many lines as there are, not only the first 30" },
    watch: { type: "boolean", description: "show the table anew each second, in its place, until Ctrl-C" },
    json: {
      type: "boolean",
      description: "every run as one JSON array on standard output, trials too, oldest first",
    },
  },
  details: `A filter compares fields (< <= > >= = !=, ~ and !~ for regular expressions), with and, or, not and brackets:
  tunelab runs 'valAccuracy>0.97 and config.lr<0.01' --sort -valAccuracy,duration
Fields are metrics, settings (config.lr, or lr), name, id, status, group, tags, notes, seed, started (UTC, or -2h: two
hours ago) and duration (seconds, or 5m, 2h). = none finds runs without a field, = nan those where it is no number.`,
  async run({ positionals, options }) {
    const chosen = chosenRuns(positionals, options);
    if (options.watch === true && options.json === true)
      throw new Misuse("tunelab runs takes --watch or --json; both were given");
    if (options.json === true) {
      const table = atTheDoor(() => runs({ ...chosen, ...ordered(options) }));
      process.stdout.write(`${JSON.stringify(table)}\n`);
      return 0;
    }
    const read = liveRuns(chosen);
    const look = () =>
      text(
        atTheDoor(() => overview(read, options)),
        { options, chosen },
      );
    if (options.watch === true) await watch(look);
    else process.stdout.write(`${look()}\n`);
    return 0;
  },
};

function chosenRuns(words: readonly string[], { dir }: Arguments["options"]): RunsOptions {
  const start = filterStart(words);
  const folder = folderOfRuns(dir);
  return {
    runs: words.slice(0, start),
    ...(start < words.length && { where: words.slice(start).join(" ") }),
    ...(folder !== undefined && { dir: folder }),
  };
}

function ordered({ sort, limit }: Arguments["options"]) {
  return {
    ...(typeof sort === "string" && { sort }),
    ...(typeof limit === "number" && { limit }),
  };
}

function overview(read: ReturnType<typeof liveRuns>, options: Arguments["options"]): RunOverview {
  const asked = { trials: options.trials === true, all: options.all === true, ...ordered(options) };
  return runOverview(read(), asked);
}

/** Until Ctrl-C, which is how it is meant to end. */
async function watch(look: () => string): Promise<void> {
  const signal = host().signal();
  const shown = host().display({ "text/plain": look() });
  while (!signal.aborted) {
    await pause(watchEvery, undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
    if (!signal.aborted) shown.update({ "text/plain": look() }, { final: true });
  }
}

function text(
  { rows, notes }: RunOverview,
  { options, chosen }: { readonly options: Arguments["options"]; readonly chosen: RunsOptions },
): string {
  if (rows.length === 0) return nothingFound(chosen);
  const width = terminalWidth();
  const { columns } = options;
  const table =
    typeof columns === "string"
      ? atTheDoor(() => runsTable(rows, { width, columns: columns.split(",") }))
      : runsTable(rows, { width });
  return notes.length === 0 ? table : `${table}\n\n${notes.join("\n")}`;
}

/** Runs lie where their process was started, so the folder looked in is often another one. */
function nothingFound({ dir, runs = [], where }: RunsOptions): string {
  const asked = [...[runs].flat(), ...(typeof where === "string" ? [where] : [])];
  if (asked.length > 0) return `no run in ${dir ?? runsFolder()} fits ${asked.join(" ")}`;
  if (dir !== undefined) return `no runs in ${dir}`;
  const set = process.env.TUNELAB_RUNS ? "which TUNELAB_RUNS names" : "set TUNELAB_RUNS to look elsewhere";
  return `no runs in ${runsFolder()} (${set})`;
}
