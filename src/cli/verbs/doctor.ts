/** `tunelab doctor`: why a run fails, and what to do about it. */
import { doctor } from "../../doctor/index.js";
import type { Command } from "../command.js";
import { folderOfRuns } from "../folderOfRuns.js";

export const doctorCommand: Command = {
  name: "doctor",
  summary:
    "Diagnose runs: the problem, its evidence, the fix. The newest run unless some are named; of several of one name the newest.",
  positionals: "[RUN|GLOB…]",
  arity: { least: 0, most: Number.POSITIVE_INFINITY },
  options: {
    dir: {
      type: "string",
      value: "DIR",
      description: "the folder of runs, or any folder of TensorBoard's event files",
    },
    json: { type: "boolean", description: "one JSON array on standard output" },
  },
  async run({ positionals, options }) {
    const dir = folderOfRuns(options.dir);
    const diagnoses = await doctor(
      positionals.length > 0 ? positionals : undefined,
      dir === undefined ? {} : { dir },
    );
    process.stdout.write(
      options.json === true ? `${JSON.stringify(diagnoses)}\n` : `${diagnoses.join("\n\n")}\n`,
    );
    return 0;
  },
};
