/** `tunelab best`: the runs that reached the best value of a metric. */
import { bestRuns } from "../../track/index.js";
import { type Command, Misuse } from "../command.js";

export const bestCommand: Command = {
  name: "best",
  summary: "List the runs that reached the best value of a metric.",
  positionals: "METRIC [RUN|GLOB…]",
  arity: { least: 1, most: Number.POSITIVE_INFINITY },
  options: {
    top: { type: "string", value: "N", description: "how many at most; 5 without" },
    maximize: { type: "boolean", description: "the largest value is the best" },
    minimize: { type: "boolean", description: "the smallest value is the best" },
    dir: {
      type: "string",
      value: "DIR",
      description: "the folder of runs, or any folder of TensorBoard's event files",
    },
    json: { type: "boolean", description: "one JSON object on standard output" },
  },
  run({ positionals: [metric = "", ...runs], options }) {
    if (options.maximize === true && options.minimize === true)
      throw new Misuse("tunelab best takes --maximize or --minimize; both were given");
    const found = bestRuns(metric, {
      runs,
      ...(typeof options.dir === "string" && { dir: options.dir }),
      ...(typeof options.top === "string" && { top: Number(options.top) }),
      ...(options.maximize === true && { direction: "max" }),
      ...(options.minimize === true && { direction: "min" }),
    });
    process.stdout.write(`${options.json === true ? JSON.stringify(found) : found}\n`);
    return 0;
  },
};
