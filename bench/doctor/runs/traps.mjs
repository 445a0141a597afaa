// Healthy runs that look odd: each must be passed in silence.
import { appendFileSync, readdirSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { track } from "../../../dist/src/index.js";
import { trainRun } from "../trainRun.mjs";
import { adam, B, C, deep, F, M, run, sgd } from "./defaults.mjs";

const fine = { data: C, net: { hidden: [16, 16] }, ...adam(3e-3), epochs: 40 };

/** Goes on with a training that ended after a third of its steps. */
async function withGap(definition, where) {
  const checkpoint = { everyEpochs: 1 };
  const begun = await trainRun(definition, { ...where, fit: { checkpoint, maxSteps: 300 } });
  return trainRun(definition, { ...where, fit: { checkpoint, resume: begun.dir } });
}

/** Cuts the last record of a log short, as a killed machine does. */
async function torn(definition, where) {
  const trained = await trainRun(definition, where);
  const files = readdirSync(trained.dir, { recursive: true }).filter((name) => name.includes("tfevents"));
  for (const name of files) {
    const path = join(trained.dir, name);
    truncateSync(path, statSync(path).size - 7);
    appendFileSync(path, Buffer.of(0));
  }
  return trained;
}

/** A training loop of one's own that logs two numbers. */
async function metricsAlone({ id }, { seed, dir }) {
  const own = track({ name: `${id}-s${seed}`, dir, output: false, system: false });
  for (let step = 0; step < 200; step++)
    own.log({ "my/loss": 2 * Math.exp(-step / 40) + 0.1, "my/score": 1 - Math.exp(-step / 30) }, step);
  own.finish();
  return own;
}

const withFit = (options) => (definition, where) => trainRun(definition, { ...where, fit: options });

const definitions = {
  earlyStopped: { ...fine, epochs: 200, train: withFit({ earlyStopping: { patience: 4 } }) },
  resumedWithGap: { ...fine, train: withGap },
  warmRestarts: {
    ...fine,
    ...sgd(0.1, 0.9),
    epochs: 42,
    schedule: { cosineRestarts: { epochs: 6, growth: 2 } },
  },
  strongDropout: { data: M, net: { hidden: [256, 128], dropout: 0.5 }, epochs: 8 },
  decayedRate: { ...fine, schedule: { cosine: { epochs: 40 } } },
  tornLog: { ...fine, train: torn },
  thirtySteps: { ...fine, epochs: 2, train: withFit({ maxSteps: 30 }) },
  thirtyStepsOfImages: { data: M, train: withFit({ maxSteps: 30 }) },
  metricsAlone: { ...fine, train: metricsAlone },
  interruptedByTime: { data: F, net: { hidden: deep(64, 2) }, train: withFit({ maxSteps: 400 }) },
  oneEpoch: { data: B, epochs: 1 },
};

export const traps = Object.entries(definitions).map(([id, { train, ...rest }]) => ({
  ...run(id, rest),
  family: "trap",
  ...(train && { train }),
}));
