import { expect, it } from "vitest";
import { evaluate } from "../../../src/evaluate/index.js";
import { fit as fitModel } from "../../../src/fit.js";
import { adamw, ema, lookahead, sam, schedules, sgd } from "../../../src/optim/index.js";
import { readRun } from "../../../src/track/index.js";
import { digits, model, stage, track } from "./trainingScene.js";

stage();

it("trains with averaged weights: what was validated is what the model holds, and the record says how", async () => {
  const trained = model();
  const run = await fitModel(trained, digits, {
    optimizer: ema(adamw({ learningRate: 2e-3, weightDecay: 0.05, decayOn: "kernels" }), { decay: 0.95 }),
    epochs: 3,
    batchSize: 32,
    track: track("averaged"),
  });
  expect(run.best("valAccuracy")).toBeGreaterThan(0.88);
  const validation = digits.validation;
  if (!validation) throw new Error("there is a validation split");
  const { accuracy } = await evaluate(trained, validation);
  expect(accuracy).toBe(run.history.valAccuracy.at(-1));
  const { config } = readRun(run.dir ?? "").record;
  expect(config).toMatchObject({
    optimizer: "ema(adamw)",
    learningRate: 2e-3,
    optimizerOptions: { decay: 0.95, inner: { weightDecay: 0.05, decayOn: "kernels" } },
  });
});

it("keeps the averages of the best epoch where early stopping restores them", async () => {
  const trained = model();
  const run = await fitModel(trained, digits, {
    optimizer: ema(sgd({ learningRate: 0.3, momentum: 0.9 }), { decay: 0.9 }),
    epochs: 4,
    batchSize: 64,
    earlyStopping: { monitor: "valAccuracy", patience: 4 },
    track: false,
  });
  if (!digits.validation) throw new Error("there is a validation split");
  expect((await evaluate(trained, digits.validation)).accuracy).toBe(run.best("valAccuracy"));
});

it("trains with what wraps, a cycle of rate and momentum, and a clip, captured and the same each time", async () => {
  const once = async () => {
    const run = await fitModel(model(), digits, {
      optimizer: lookahead(sam(sgd({ learningRate: 0.2, momentum: 0.9 }))),
      schedule: schedules.oneCycle({ epochs: 2, every: "step", momentum: { least: 0.85, most: 0.95 } }),
      clipNorm: 1,
      epochs: 2,
      batchSize: 64,
      track: track("wrapped"),
    });
    return { history: run.history, eager: readRun(run.dir ?? "").record.environment.eager };
  };
  const first = await once();
  expect(first.history.valAccuracy.at(-1)).toBeGreaterThan(0.85);
  expect(first.eager).toBeUndefined();
  expect(await once()).toEqual(first);
});
