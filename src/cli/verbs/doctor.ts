/** `tunelab doctor`: why a run fails, and what to do about it. */
import { doctor, severities } from "../../doctor/index.js";
import { type Command, Misuse, type OptionValue } from "../command.js";
import { dirOption, folderOfRuns } from "../folderOfRuns.js";

export const doctorCommand: Command = {
  name: "doctor",
  summary:
    "Diagnose runs: the problem, its evidence, the fix. The newest run unless some are named; of several of one name the newest.",
  positionals: "[RUN|GLOB…]",
  arity: { least: 0, most: Number.POSITIVE_INFINITY },
  options: {
    dir: dirOption,
    json: { type: "boolean", description: "one JSON array on standard output" },
    "fail-on": {
      type: "string",
      value: "SEVERITY",
      description: "exit code 1 if a verdict is as severe as error, warning or info, or more",
    },
  },
  async run({ positionals, options }) {
    const failing = severitiesFrom(options["fail-on"]);
    const dir = folderOfRuns(options.dir);
    const diagnoses = await doctor(
      positionals.length > 0 ? positionals : undefined,
      dir === undefined ? {} : { dir },
    );
    process.stdout.write(
      options.json === true ? `${JSON.stringify(diagnoses)}\n` : `${diagnoses.join("\n\n")}\n`,
    );
    return diagnoses.some(({ verdicts }) => verdicts.some(({ severity }) => failing.includes(severity)))
      ? 1
      : 0;
  },
};

/** The named severity and those above it; none where nothing is named. */
function severitiesFrom(least: OptionValue | undefined): readonly string[] {
  if (least === undefined) return [];
  const at = (severities as readonly OptionValue[]).indexOf(least);
  if (at < 0) throw new Misuse(`doctor --fail-on must be ${severities.join(", ")}; got "${least}"`);
  return severities.slice(0, at + 1);
}
