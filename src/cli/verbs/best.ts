/** `tunelab best`: the runs that reached the best value of a metric. */
import { type BestRuns, bestTable } from "../../track/bestRuns.js";
import { bestRuns } from "../../track/index.js";
import { type Command, Misuse } from "../command.js";
import { fittingTable, shortened, terminalWidth, textWithLeftOut } from "../fittingTable.js";
import { dirOption, folderOfRuns } from "../folderOfRuns.js";

export const bestCommand: Command = {
  name: "best",
  summary: "List the runs that reached the best value of a metric.",
  positionals: "METRIC [RUN|GLOB…]",
  arity: { least: 1, most: Number.POSITIVE_INFINITY },
  options: {
    top: { type: "number", description: "how many at most; 5 without" },
    maximize: { type: "boolean", description: "the largest value is the best" },
    minimize: { type: "boolean", description: "the smallest value is the best" },
    dir: dirOption,
    json: { type: "boolean", description: "one JSON object on standard output" },
  },
  run({ positionals: [metric = "", ...runs], options }) {
    if (options.maximize === true && options.minimize === true)
      throw new Misuse("tunelab best takes --maximize or --minimize; both were given");
    const { top } = options;
    if (typeof top === "number" && !(Number.isSafeInteger(top) && top >= 1))
      throw new Misuse(`--top needs a whole number of at least 1; ${top} was given`);
    const dir = folderOfRuns(options.dir);
    const found = bestRuns(metric, {
      runs,
      ...(dir !== undefined && { dir }),
      ...(typeof top === "number" && { top }),
      ...(options.maximize === true && { direction: "max" }),
      ...(options.minimize === true && { direction: "min" }),
    });
    process.stdout.write(`${options.json === true ? JSON.stringify(found) : fitting(found)}\n`);
    return 0;
  },
};

/** What tells the runs apart as far as the terminal has room for it, and the names of the rest. Whole where none is. */
function fitting(found: BestRuns): string {
  if (!process.stdout.isTTY) return String(found);
  const whole = shortened(bestTable(found));
  const width = terminalWidth();
  const table = fittingTable(whole, { width, first: ["run", "id", found.metric, "at"] });
  return textWithLeftOut(table, { names: whole.header, hint: "--json has them", width });
}
