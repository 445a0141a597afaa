import { resolve } from "node:path";
import { refusing } from "./magicError.js";
import { defineMagic } from "./registry.js";
import { runReferences } from "./runReferences.js";
import { suggestRuns } from "./suggestRuns.js";
import { suggestSortKeys } from "./suggestSortKeys.js";

export const runs = defineMagic({
  name: "runs",
  kind: "line",
  summary:
    "Lists the runs, newest first: how each ended, its metrics, and the settings in which they differ. A sweep's trials are one line, with the best of them.",
  examples: ["%runs", "%runs 'mnist-*' --sort=-valAccuracy", "%runs --trials --all"],
  positionals: [{ name: "run", summary: "Which runs; all without", many: true, suggest: suggestRuns }],
  options: {
    sort: {
      type: "text",
      summary: "A metric or setting to sort by; as --sort=-KEY, largest first",
      placeholder: "KEY",
      suggest: suggestSortKeys,
    },
    trials: { type: "flag", summary: "A line for each trial of a sweep" },
    all: { type: "flag", summary: "As many lines as there are, not only the first 30" },
    json: { type: "flag", summary: "Print every run as JSON, trials too, oldest first" },
  },
  async run(context, { options, positionals }) {
    await refusing(async () => {
      const library = await context.library();
      const { sort, trials, all } = options;
      const sorted = sort !== undefined && { sort };
      const found = await runReferences(context, positionals);
      if (options.json) {
        context.print(`${JSON.stringify(library.runs({ runs: found, ...sorted }), null, 2)}\n`);
        return;
      }
      const table = library.runs({ runs: found });
      if (table.rows.length === 0) context.print(`${nothingFound(context.folder, positionals)}\n`);
      else await context.show(library.runOverview(table, { trials, all, ...sorted }));
    });
  },
});

/** Only patterns fit none: a name that is no run's is refused. */
function nothingFound(folder: string, words: readonly string[]): string {
  const where = resolve(folder, process.env.TUNELAB_RUNS || "runs");
  return words.length > 0 ? `no run in ${where} fits ${words.join(" ")}` : `no runs in ${where} yet`;
}
