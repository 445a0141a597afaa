import { cellNumbers } from "./cellNumbers.js";
import { MagicError, refusing } from "./magicError.js";
import { defineMagic } from "./registry.js";
import type { Suggest } from "./schema.js";
import { givenParameters } from "./spaceTypes.js";
import { suggestMetrics } from "./suggestMetrics.js";
import { sweepVariable } from "./sweepVariable.js";

/** As `samplerNames` and `prunerNames` of the library; listed here so that the front need not load it. */
const samplers = ["tpe", "random", "grid"] as const;
const pruners = ["none", "asha", "median"] as const;

/** What `fit` measures of every model with validation data, and what runs on disk have measured. */
const suggestGoals: Suggest = async (typed, context) => {
  const fitted = ["valAccuracy", "valLoss", "accuracy", "loss"];
  return [...new Set([...fitted, ...(await suggestMetrics(typed, context))])];
};

export const sweep = defineMagic({
  name: "sweep",
  kind: "both",
  summary: "Searches for good hyper-parameters with worker processes, and shows the trials as they run.",
  details: [
    "%%sweep NAME: the lines below are one function of a trial. %sweep FUNCTION name=space …: calls FUNCTION({ name, … }, trial).",
    "Spaces: log(low, high), float(low, high), int(low, high), each with log or step=S behind the bounds; a list [a, b]; a value.",
    "The cells that define what the trial uses run again in every worker; they are listed before the start.",
    "The result, with best, bestParams, bestValue, trials, dir and save(), is bound to a variable named after the sweep, which for %sweep is the function's name or --name. Its words (letters, digits, _, $) become one, each but the first with a capital, and Sweep is put behind, or Result where it ends in sweep; _ before a digit: mnist-mlp gives mnistMlpSweep, lr-sweep gives lrSweepResult, 3-layers gives _3LayersSweep.",
    "With --maximize METRIC, fit({ trial }) reports that metric after each epoch and ends pruned trials.",
  ].join("\n"),
  examples: [
    "%sweep train lr=log(1e-4,1e-1) batch=[32,64,128] units=int(32,512) --trials 30 --maximize valAccuracy",
    "%%sweep mnist-mlp --trials 30 --sampler tpe --pruner asha --parallel 2 --maximize valAccuracy",
    "%%sweep mnist-mlp --resume --trials 60 --maximize valAccuracy",
  ],
  positionals: [
    {
      name: "name",
      summary: "The sweep's name; for %sweep the function to call, then its parameters",
      many: true,
      suggest: (_, { names }) => names,
    },
  ],
  options: {
    maximize: {
      type: "text",
      summary: "Maximise the metric; the returned value without one",
      placeholder: "METRIC",
      suggest: suggestGoals,
      optionalValue: true,
    },
    minimize: {
      type: "text",
      summary: "Minimise the metric; the returned value without one",
      placeholder: "METRIC",
      suggest: suggestGoals,
      optionalValue: true,
    },
    trials: { type: "integer", summary: "How many trials in all", min: 1 },
    timeout: {
      type: "number",
      summary: "Seconds after which no new trial starts",
      min: 0,
      placeholder: "SECONDS",
    },
    sampler: { type: "choice", summary: "How values are chosen", choices: samplers, default: "tpe" },
    pruner: { type: "choice", summary: "How hopeless trials are stopped", choices: pruners, default: "none" },
    parallel: { type: "integer", summary: "Trials at the same time", min: 1, default: 1 },
    engine: {
      type: "choice",
      summary: "Where trials run: local, worker processes of this machine",
      choices: ["local"],
      default: "local",
    },
    retries: {
      type: "integer",
      summary: "Starts of a trial beyond the first when its worker dies",
      min: 0,
      default: 1,
    },
    seed: { type: "integer", summary: "Same seed, same proposals", default: 0 },
    repeatable: {
      type: "flag",
      summary: "Same proposals and prunings however fast each worker is (the default)",
    },
    firstCome: { type: "flag", summary: "Use results as they come: no waiting, not repeatable" },
    cells: {
      type: "text",
      summary: "Cells that run again in the workers in any case, such as 1,4-6",
      placeholder: "LIST",
    },
    resume: { type: "flag", summary: "Go on with the newest sweep of this name" },
    takeOver: {
      type: "flag",
      summary: "With --resume: take the sweep from another machine that gave no sign of life for 60 s",
    },
    name: {
      type: "text",
      summary: "Of %sweep: the sweep's name; the function's without it",
      placeholder: "NAME",
    },
  },
  exclusive: [
    ["maximize", "minimize"],
    ["repeatable", "firstCome"],
  ],
  body: "expression",
  bodyType: '(trial: import("tunelab").Trial) => unknown',
  binds: ({ options, positionals }) => ({
    name: sweepVariable(options.name ?? positionals[0] ?? "sweep"),
    type: 'import("tunelab").SweepResult',
  }),
  gives: ({ positionals }) => givenParameters(positionals),
  async run(context, { options, positionals }) {
    const { sweepCells } = await import("../session/sweepCells.js");
    const [first, ...rest] = positionals;
    const isCell = context.call !== undefined;
    if (isCell && rest.length > 0)
      throw new MagicError(
        `%%sweep takes one name; the parameters stand in its lines, but was given ${rest.join(" ")}`,
      );
    if (!isCell && first === undefined)
      throw new MagicError(
        "%sweep requires the function to call, then its parameters: %sweep train lr=log(1e-4,1e-1)",
      );
    const name = options.name ?? first ?? "sweep";
    const { cells, name: _, repeatable: __, ...settings } = options;
    return refusing(() =>
      sweepCells(context, {
        ...settings,
        name,
        forced: cells === undefined ? [] : cellNumbers(cells),
        ...(isCell ? {} : { call: { function: first as string, space: rest.join(" ") } }),
      }),
    );
  },
});
