/** Options of `fit` with a prescription's changes. */
import type { Change } from "../doctor/index.js";
import { adam, adamw, nadam, type Optimizer, rmsprop, sgd } from "../optim/index.js";
import { byLibrary } from "../optim/libraryOptimizers.js";
import type { FitOptions } from "../train/fitOptions.js";
import { NotApplicable } from "./notApplicable.js";

/** Options that say what is shown, kept or gone on with: a training that is repeated has its own. */
const leftOut = [
  "board",
  "checkpoint",
  "resume",
  "trial",
  "verbose",
  "signal",
  "track",
  "preflight",
] as const;

/** Those that a prescription may set as they are. */
const settable: readonly string[] = [
  "epochs",
  "batchSize",
  "clipNorm",
  "clipValue",
  "earlyStopping",
  "restoreBest",
  "classWeights",
  "labelSmoothing",
  "loss",
  "accumulate",
  "shuffle",
];

const optimizers: Readonly<Record<string, () => Optimizer>> = { adam, adamw, nadam, rmsprop, sgd };

/** The options that decide what a training computes. */
export function repeatable(options: FitOptions): FitOptions {
  const kept: Record<string, unknown> = { ...options };
  for (const name of leftOut) delete kept[name];
  return kept;
}

/** @throws NotApplicable for a change that is none of `fit`'s, or does not go with the others. */
export function changedOptions(options: FitOptions, change: NonNullable<Change["fit"]>): FitOptions {
  const { learningRate, optimizer, ...others } = change;
  const unknown = Object.keys(others).find((name) => !settable.includes(name));
  if (unknown !== undefined) throw new NotApplicable(`fit's ${unknown} cannot be changed by itself`);
  const changed = { ...options, ...others } as FitOptions;
  const made =
    optimizer === undefined ? changed : { ...changed, optimizer: another(changed, String(optimizer)) };
  return learningRate === undefined ? made : { ...made, optimizer: withRate(made, Number(learningRate)) };
}

function withRate({ optimizer = adam(), schedule }: FitOptions, learningRate: number): Optimizer {
  if (schedule?.settings && "maxLr" in schedule.settings)
    throw new NotApplicable(`the schedule ${schedule.name} has rates of its own`);
  return byLibrary({ ...optimizer, learningRate }, optimizer);
}

/** Rates of SGD and of Adam differ by orders of magnitude: the new one begins with its own. */
function another({ optimizer = adam() }: FitOptions, name: string): Optimizer {
  if (optimizer.name === name) return optimizer;
  const make = Object.hasOwn(optimizers, name) ? optimizers[name] : undefined;
  if (!make) throw new NotApplicable(`there is no optimiser "${name}"`);
  return make();
}
