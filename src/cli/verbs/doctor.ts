/** `tunelab doctor`: why a run fails, and what to do about it. */
import { doctor, severities } from "../../doctor/index.js";
import { newestRun } from "../../track/index.js";
import { type Arguments, type Command, Misuse, type OptionValue } from "../command.js";
import { fixRecordedRun } from "../fixRecordedRun.js";
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
    fix: {
      type: "boolean",
      description:
        "execute the code that the named run keeps, train copies with what is prescribed, and show which is best",
    },
    trust: { type: "boolean", description: "with --fix: execute code that another machine recorded, too" },
    attempts: { type: "number", value: "N", description: "with --fix: trainings at most (4)" },
    "fail-on": {
      type: "string",
      value: "SEVERITY",
      description:
        "exit code 1 if a verdict is as severe as error, warning or info, or more; with --fix: if one is left of the best training",
    },
  },
  async run({ positionals, options }) {
    const failing = severitiesFrom(options["fail-on"]);
    const dir = folderOfRuns(options.dir);
    if (options.fix === true) return fix(positionals, { dir, options, failing });
    for (const name of ["attempts", "trust"])
      if (options[name] !== undefined) throw new Misuse(`doctor takes --${name} with --fix only`);
    const diagnoses = await doctor(
      positionals.length > 0 ? positionals : undefined,
      dir === undefined ? {} : { dir },
    );
    process.stdout.write(
      options.json === true ? `${JSON.stringify(diagnoses)}\n` : `${diagnoses.join("\n\n")}\n`,
    );
    return diagnoses.some(({ verdicts }) => isFailing(verdicts, failing)) ? 1 : 0;
  },
};

async function fix(
  words: readonly string[],
  {
    dir,
    options,
    failing,
  }: { readonly dir: string | undefined; readonly failing: readonly string[] } & Pick<Arguments, "options">,
): Promise<number> {
  const { attempts, json, trust } = options;
  const [word, ...others] = words;
  if (word === undefined || others.length > 0)
    throw new Misuse(
      `doctor --fix executes a run's code, so it takes the name of one run; got ${words.join(" ") || "none"}`,
    );
  if (typeof attempts === "number" && !(Number.isInteger(attempts) && attempts >= 1 && attempts <= 20))
    throw new Misuse(`doctor --attempts must be a whole number from 1 to 20; got ${attempts}`);
  const found = newestRun(word, dir === undefined ? {} : { dir });
  if (found === undefined) throw new RangeError("doctor --fix: there must be a run to repair; there is none");
  const answer = await fixRecordedRun(found, {
    say: (line) => process.stderr.write(`${line}\n`),
    trust: trust === true,
    ...(typeof attempts === "number" && { attempts }),
  });
  process.stdout.write(json === true ? `${JSON.stringify(answer.fix)}\n` : `${answer.text}\n`);
  return isFailing(answer.fix.after.diagnosis.verdicts, failing) ? 1 : 0;
}

function isFailing(verdicts: readonly { readonly severity: string }[], failing: readonly string[]): boolean {
  return verdicts.some(({ severity }) => failing.includes(severity));
}

/** The named severity and those above it; none where nothing is named. */
function severitiesFrom(least: OptionValue | undefined): readonly string[] {
  if (least === undefined) return [];
  const at = (severities as readonly OptionValue[]).indexOf(least);
  if (at < 0) throw new Misuse(`doctor --fail-on must be ${severities.join(", ")}; got "${least}"`);
  return severities.slice(0, at + 1);
}
