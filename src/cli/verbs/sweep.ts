/** `tunelab sweep`: an objective in a module, searched by worker processes. */
import { existsSync, readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { missingParameter } from "../../sweep/engines/missingParameter.js";
import { unnamedParameters } from "../../sweep/engines/objectiveParameters.js";
import { sweep } from "../../sweep/index.js";
import { parseSpace } from "../../sweep/parseSpace.js";
import { prunerNames } from "../../sweep/pruners/named.js";
import { samplerNames } from "../../sweep/samplers/named.js";
import { normalizeOptions, type SweepOptions } from "../../sweep/sweepOptions.js";
import { type Arguments, type Command, Misuse } from "../command.js";
import { atTheDoor } from "../misuse.js";

export const sweepCommand: Command = {
  name: "sweep",
  summary:
    "Search for hyper-parameters: OBJECTIVE is a module that exports an objective, NAME=SPACE declares parameters.",
  details: [
    "With parameters declared, the objective is called as %sweep calls a function, with them and the trial:",
    "",
    "  // tunelab sweep train.ts 'lr=log(1e-4,1e-1)' 'units=int(32,512)' --trials 20 --maximize valAccuracy",
    '  import { adam, data, fit, models, type Trial } from "tunelab";',
    "  const mnist = await data.mnist();",
    "  export default function train({ lr, units }: { lr: number; units: number }, trial: Trial) {",
    "    const model = models.mlp({ inputShape: mnist.inputShape, hidden: [units], classes: 10 });",
    "    return fit(model, mnist, { optimizer: adam({ learningRate: lr }), epochs: 5, trial });",
    "  }",
    "",
    "Without, it is a function of the trial and asks it for values:",
    "",
    "  // tunelab sweep square.ts --trials 20 --minimize",
    '  import type { Trial } from "tunelab";',
    '  export default (trial: Trial) => (trial.suggestFloat("x", -10, 10) - 2) ** 2;',
    "",
    "A number that is returned counts as the metric, whatever its name; else what is returned must hold the metric, or the",
    "trial must report it: otherwise the first trial ends the sweep.",
  ].join("\n"),
  positionals: "OBJECTIVE [NAME=SPACE…]",
  arity: { least: 1, most: Number.POSITIVE_INFINITY },
  options: {
    maximize: {
      type: "string",
      value: "METRIC",
      optionalValue: true,
      description: "the metric; the returned value without one, or with --resume the recorded metric",
    },
    minimize: {
      type: "string",
      value: "METRIC",
      optionalValue: true,
      description: "the metric; the returned value without one, or with --resume the recorded metric",
    },
    trials: { type: "number", description: "how many trials in all" },
    timeout: { type: "number", value: "SECONDS", description: "no new trial starts after it" },
    sampler: { type: "string", value: "NAME", description: `${samplerNames.join(", ")}; tpe unless given` },
    pruner: { type: "string", value: "NAME", description: `${prunerNames.join(", ")}; none unless given` },
    parallel: { type: "number", description: "trials at the same time; 1 unless given" },
    seed: { type: "number", description: "0 unless given" },
    "first-come": { type: "boolean", description: "take results as they come; faster, not repeatable" },
    retries: {
      type: "number",
      description: "starts of a trial beyond the first when its worker dies; 1 unless given",
    },
    name: { type: "string", description: "names the sweep's folder; the module's name unless given" },
    resume: {
      type: "string",
      value: "SWEEP",
      optionalValue: true,
      description: "go on with a sweep; the newest of this name without one",
    },
    "take-over": {
      type: "boolean",
      description: "with --resume: take the sweep from another machine that gave no sign of life for 60 s",
    },
    json: { type: "boolean", description: "the result as one JSON object on standard output" },
  },
  async run(args) {
    const options = sweepOptions(args);
    atTheDoor(() => normalizeOptions(options));
    requireParameters(options);
    warnOfUnnamed(options);
    const result = await sweep(options);
    const file = result.save();
    if (result.failure !== undefined) throw new Error(`${result.failure}\nResult: ${file}`);
    if (args.options.json === true) {
      const { name, dir, endReason, best, trials } = result;
      process.stdout.write(`${JSON.stringify({ name, dir, endReason, best, trials })}\n`);
    } else
      process.stdout.write(
        `Best: ${JSON.stringify(result.bestParams)} → ${result.bestValue}\nResult: ${file}\n`,
      );
    return result.endReason === "interrupted" ? 1 : 0;
  },
};

/**
 * Refuses what the objective's type requires and is not given; one without a type it may set itself. What a resumed sweep's
 * objective is given stands in its record.
 */
function requireParameters({ objective, space = {}, resume }: SweepOptions): void {
  if (resume !== undefined) return;
  const file = String(objective);
  const missing = missingParameter(file, readFileSync(file, "utf8"), Object.keys(space));
  if (!missing) return;
  const { name, isCertain } = missing;
  const add = `add ${name}=SPACE, such as '${name}=float(0,1)'`;
  if (isCertain)
    throw new Misuse(
      `tunelab sweep calls the objective of ${basename(file)}, which requires ${name}: ${add}, or give it a default`,
    );
  process.stderr.write(
    `the objective of ${basename(file)} takes ${name}, which is not given and will be undefined: ${add}, or give it a default\n`,
  );
}

/** A parameter that nothing reads is searched for nothing: most often its name is misspelt. */
function warnOfUnnamed({ objective, space }: SweepOptions): void {
  const unnamed = unnamedParameters(readFileSync(String(objective), "utf8"), Object.keys(space ?? {}));
  if (unnamed !== undefined) process.stderr.write(`${unnamed}\n`);
}

function sweepOptions({ positionals, options }: Arguments): SweepOptions {
  const [module = "", ...space] = positionals;
  const objective = resolve(module);
  if (!existsSync(objective))
    throw new Misuse(`tunelab sweep needs the objective's module; ${objective} is not there`);
  const { maximize, minimize, trials, timeout, sampler, pruner, parallel, seed, retries, name, resume } =
    options;
  const given = {
    ...{ maximize, minimize, trials, timeout, sampler, pruner, parallel, seed, retries, resume },
    name: name ?? basename(module).replace(/\.[^.]*$/, ""),
    space: space.length > 0 ? atTheDoor(() => parseSpace(space.join(" "))) : undefined,
    repeatable: options["first-come"] === true ? false : undefined,
    takeOver: options["take-over"] === true ? true : undefined,
    progress: options.json === true ? false : undefined,
  };
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { objective, ...said } as SweepOptions;
}
