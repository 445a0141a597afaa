import { refusing } from "./magicError.js";
import { defineMagic } from "./registry.js";
import { runFolders } from "./runFolders.js";
import { suggestMetrics } from "./suggestMetrics.js";
import { suggestRuns } from "./suggestRuns.js";

export const best = defineMagic({
  name: "best",
  kind: "line",
  summary: "Lists the runs that reached the best value of a metric, with the settings in which they differ.",
  details: [
    "The best over all epochs or steps counts. For losses, accuracies and errors it is known which way is better.",
    "Without a run all are looked at; a sweep stands for the runs of its trials.",
  ].join("\n"),
  examples: ["%best valAccuracy", "%best valLoss 'mnist-*' --top 3", "%best reward --maximize"],
  positionals: [
    {
      name: "metric",
      summary: "a series that runs measured, such as valAccuracy",
      required: true,
      suggest: suggestMetrics,
    },
    { name: "run", summary: "Which runs; all without", many: true, suggest: suggestRuns },
  ],
  options: {
    top: { type: "integer", summary: "How many at most", min: 1, default: 5 },
    maximize: { type: "flag", summary: "The largest value is the best" },
    minimize: { type: "flag", summary: "The smallest value is the best" },
    json: { type: "flag", summary: "Print them as JSON" },
  },
  exclusive: [["maximize", "minimize"]],
  async run(context, { options, positionals: [metric = "", ...words] }) {
    await refusing(async () => {
      const { bestRuns } = await context.library();
      const { maximize, minimize, top } = options;
      const found = bestRuns(metric, {
        runs: await runFolders(context, words, "all"),
        top,
        ...(maximize && { direction: "max" }),
        ...(minimize && { direction: "min" }),
      });
      if (options.json) context.print(`${JSON.stringify(found, null, 2)}\n`);
      else await context.show(found);
    });
  },
});
