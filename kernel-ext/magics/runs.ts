import { refusing } from "./magicError.js";
import { defineMagic } from "./registry.js";
import { runReferences } from "./runReferences.js";
import { suggestRuns } from "./suggestRuns.js";

export const runs = defineMagic({
  name: "runs",
  kind: "line",
  summary: "Lists the runs: how each ended, its metrics, and the settings in which they differ.",
  examples: ["%runs", "%runs 'mnist-*' --sort=-valAccuracy"],
  positionals: [{ name: "run", summary: "Which runs; all without", many: true, suggest: suggestRuns }],
  options: {
    sort: {
      type: "text",
      summary: "A metric or setting to sort by; as --sort=-KEY, largest first",
      placeholder: "KEY",
    },
    json: { type: "flag", summary: "Print the table as JSON" },
  },
  async run(context, { options, positionals }) {
    await refusing(async () => {
      const library = await context.library();
      const table = library.runs({
        runs: await runReferences(context, positionals),
        ...(options.sort !== undefined && { sort: options.sort }),
      });
      if (options.json) context.print(`${JSON.stringify(table, null, 2)}\n`);
      else await context.show(table);
    });
  },
});
