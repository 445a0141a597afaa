import { refusing } from "./magicError.js";
import { defineMagic } from "./registry.js";
import { runFolders } from "./runFolders.js";
import { suggestRuns } from "./suggestRuns.js";

export const compare = defineMagic({
  name: "compare",
  kind: "line",
  summary: "Shows what runs differ in: configuration, metrics, code; and their charts over each other.",
  details: [
    "A run is a name, an id, a folder, a pattern with *, or a variable; a sweep stands for its best trial's run.",
    "A name that several runs share means the newest, unless it stands alone. Everything is seen from the first run.",
  ].join("\n"),
  examples: ["%compare baseline deep", "%compare 'mlp-*' --tables", "%compare run1 run2 --json"],
  positionals: [
    { name: "run", summary: "two runs or more", required: true, many: true, suggest: suggestRuns },
  ],
  options: {
    tables: { type: "flag", summary: "Only the tables and the code: no charts" },
    json: { type: "flag", summary: "Print the comparison as JSON" },
  },
  exclusive: [["tables", "json"]],
  async run(context, { options, positionals }) {
    await refusing(async () => {
      const { board, compareRuns } = await context.library();
      const comparison = compareRuns(await runFolders(context, positionals, "best"));
      if (options.json) context.print(`${JSON.stringify(comparison, null, 2)}\n`);
      else await context.show(comparison);
      if (!options.json && !options.tables)
        await context.show(await board(comparison.runs.map(({ dir }) => dir)));
    });
  },
});
