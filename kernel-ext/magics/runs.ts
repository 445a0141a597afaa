import { resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { RunOverview, RunsOptions } from "../../src/index.js";
import type { MagicContext } from "../session/magicContext.js";
import { filterWords } from "./filterWords.js";
import { folderOfRuns } from "./folderOfRuns.js";
import { refusing } from "./magicError.js";
import { defineMagic } from "./registry.js";
import { runReferences } from "./runReferences.js";
import type { Suggest } from "./schema.js";
import { suggestColumns } from "./suggestColumns.js";
import { suggestFields } from "./suggestFields.js";
import { suggestRuns } from "./suggestRuns.js";
import { suggestSortKeys } from "./suggestSortKeys.js";

/** Milliseconds between two looks at the runs. */
const liveEvery = 1000;

const suggestRunsAndFields: Suggest = async (typed, context) => [
  ...new Set([...(await suggestRuns(typed, context)), ...(await suggestFields(typed, context))]),
];

export const runs = defineMagic({
  name: "runs",
  kind: "line",
  summary:
    "Lists the runs, newest first: how each ended, its metrics, and the settings in which they differ. A sweep's trials are one line, with the best of them.",
  details: [
    "Names and patterns come first, then a filter: comparisons (< <= > >= = !=, ~ and !~ for regular expressions) with and, or, not and brackets.",
    "Its fields are metrics, settings (config.lr, or lr), name, id, status, group, tags, notes, seed, started (UTC; -2h is two hours ago) and duration (seconds, or 5m, 2h).",
    "A metric that is missing is = none, one that is no number = nan. Texts with spaces stand in quotes, odd field names in backticks.",
  ].join("\n"),
  examples: [
    "%runs",
    "%runs valAccuracy>0.97 and config.lr<0.01 --sort -valAccuracy,duration",
    "%runs 'mnist-*' status=failed or loss=nan",
    "%runs started>-2h --columns run,status,valAccuracy --live",
    "%runs --trials --all",
  ],
  positionals: [
    { name: "run|filter", summary: "Which runs; all without", many: true, suggest: suggestRunsAndFields },
  ],
  options: {
    sort: {
      type: "text",
      summary: "Metrics or settings to sort by, with commas between; largest first with - before one",
      placeholder: "KEYS",
      suggest: suggestSortKeys,
    },
    columns: {
      type: "list",
      summary: "Show these columns, such as run,valAccuracy,config.lr",
      placeholder: "LIST",
      suggest: suggestColumns,
    },
    limit: { type: "integer", summary: "As many lines at most; 30 without", min: 1 },
    dir: { type: "text", summary: "The folder of runs, in place of the notebook's", placeholder: "DIR" },
    trials: { type: "flag", summary: "A line for each trial of a sweep" },
    all: { type: "flag", summary: "As many lines as there are, not only the first 30" },
    live: { type: "flag", summary: "Show the table anew each second, until no run in it goes on" },
    json: { type: "flag", summary: "Print every run as JSON, trials too, oldest first" },
  },
  exclusive: [
    ["live", "json"],
    ["limit", "all"],
  ],
  async run(context, { options, positionals, text }) {
    await refusing(async () => {
      const library = await context.library();
      const words = filterWords(positionals, text);
      const { sort, trials, all, limit, columns } = options;
      const dir = folderOfRuns(context, options.dir);
      const chosen: RunsOptions = {
        runs: await runReferences(context, words.runs),
        ...(words.filter !== undefined && { where: words.filter }),
        ...(dir !== undefined && { dir }),
      };
      const sorted = sort !== undefined && { sort };
      const limited = limit !== undefined && { limit };
      if (options.json) {
        const table = library.runs({ ...chosen, ...sorted, ...limited });
        context.print(`${JSON.stringify(table, null, 2)}\n`);
        return;
      }
      const read = library.liveRuns(chosen);
      const shape = { trials, all, ...sorted, ...limited, ...(columns && { columns }) };
      const look = () => library.runOverview(read(), shape);
      const table = look();
      if (table.rows.length === 0) context.print(`${nothingFound(context, { ...words, dir: chosen.dir })}\n`);
      else if (options.live) await showLive(context, { table, look });
      else await context.show(table);
    });
  },
});

/** Until no run of the table goes on, or the person interrupts: what is shown then stays. */
async function showLive(
  context: MagicContext,
  { table, look }: { readonly table: RunOverview; readonly look: () => RunOverview },
): Promise<void> {
  const display = context.display({ ...table.toMimeBundle() });
  let last = table;
  while (last.rows.some(({ status }) => status === "running") && !context.signal.aborted) {
    await pause(liveEvery, undefined, { signal: context.signal }).catch((error: unknown) => {
      if (!context.signal.aborted) throw error;
    });
    last = look();
    display.update({ ...last.toMimeBundle() });
  }
}

/** Only patterns and filters fit none: a name that is no run's is refused. */
function nothingFound(
  { folder }: MagicContext,
  {
    runs: names,
    filter,
    dir,
  }: {
    readonly runs: readonly string[];
    readonly filter: string | undefined;
    readonly dir: string | undefined;
  },
): string {
  const where = dir ?? resolve(folder, process.env.TUNELAB_RUNS || "runs");
  const asked = [...names, ...(filter === undefined ? [] : [filter])];
  return asked.length > 0 ? `no run in ${where} fits ${asked.join(" ")}` : `no runs in ${where} yet`;
}
