import { expect, test } from "vitest";
import { TrialPruned } from "../../../src/base/errors.js";
import { arrays } from "../../../src/data/arrays.js";
import { fit as fitModel } from "../../../src/fit.js";
import { FitInterrupted } from "../../../src/fitRun.js";
import { mlp } from "../../../src/models/index.js";
import { sweep } from "../../../src/sweep/sweep.js";
import type { Trial } from "../../../src/sweep/trial.js";
import { later, newFolder, run, stage } from "./inProcess.js";

const scene = stage();

test("a failed trial does not end the sweep, and says why", async () => {
  const result = await run({
    objective: (trial) => {
      const x = trial.suggestFloat("x", 0, 1);
      if (trial.number === 1) throw new Error("no luck");
      if (trial.number === 2) return Number.NaN;
      if (trial.number === 3) return "text";
      return x;
    },
    trials: 6,
  });
  expect(result.trials.map((trial) => trial.state)).toEqual([
    "complete",
    "failed",
    "failed",
    "failed",
    "complete",
    "complete",
  ]);
  expect(result.trials[1]?.error).toMatch(/no luck[\s\S]*runObjective\.test\.ts/);
  expect(result.trials[2]?.error).toMatch(/must return a finite number; it gave NaN/);
  for (const { error = "" } of result.trials)
    expect(error).not.toMatch(/at .*\/src\/sweep\/(?!runObjective\.test)/);
  expect(result.trials[3]?.error).toMatch(/must return a finite number; it gave 'text'/);
});

test("no complete trial: best says why", async () => {
  const result = await run({
    objective: () => {
      throw new Error("broken data");
    },
    trials: 2,
  });
  expect(() => result.best).toThrow(/of 2 none is. The first failed with: .*broken data/);
});

test("takes the metric from what is returned, else from the reports", async () => {
  const result = await sweep({
    maximize: "valAccuracy",
    dir: newFolder(),
    progress: false,
    trials: 4,
    objective: (trial) => {
      trial.suggestFloat("x", 0, 1);
      trial.report(0.5, 1);
      trial.report(0.75, 2);
      trial.report(0.6, 3);
      return [
        undefined,
        0.9,
        { valAccuracy: 0.8 },
        { best: (metric: string) => (metric === "valAccuracy" ? 0.7 : 0) },
      ][trial.number];
    },
  });
  expect(result.trials.map((trial) => trial.value)).toEqual([0.75, 0.9, 0.8, 0.7]);
  expect(result.trials[0]?.intermediate).toEqual([
    [1, 0.5],
    [2, 0.75],
    [3, 0.6],
  ]);
});

test("a pruned trial stays pruned even if the objective catches it", async () => {
  const result = await run({
    objective: async (trial) => {
      trial.suggestFloat("x", 0, 1);
      trial.report(trial.number, 1);
      try {
        if (await trial.shouldPrune()) throw new TrialPruned();
      } catch {
        return -100;
      }
      return trial.number;
    },
    pruner: "asha",
    trials: 4,
  });
  expect(result.trials.map((trial) => trial.state)).toEqual(["complete", "pruned", "pruned", "pruned"]);
  expect(result.bestValue).toBe(0);
});

test("reports need rising steps", async () => {
  const result = await run({
    objective: (trial) => {
      trial.report(1, 3);
      trial.report(1, 3);
      return 1;
    },
    trials: 1,
  });
  expect(result.trials[0]?.error).toMatch(/steps that rise, here above 3; it was given 3/);
});

test("a value returned although the sweep was interrupted meanwhile counts; reports or NaN alone do not", async () => {
  for (const [returned, state] of [
    [2, "complete"],
    [{ loss: 3 }, "complete"],
    [undefined, "interrupted"],
    [Number.NaN, "interrupted"],
  ] as const) {
    scene.controller = new AbortController();
    const objective = (trial: Trial) => {
      trial.report(1, 1);
      scene.controller.abort();
      return returned;
    };
    const result = await run({ objective, minimize: "loss", trials: 2 });
    expect(result.trials.map((trial) => trial.state)).toEqual([state]);
  }
});

const quadrants = arrays({ x: [[0], [1], [2], [3]], y: [0, 0, 1, 1], name: "four" });
/** Trains until the sweep is interrupted, which happens in the first epoch of trial 1, and catches that. */
const caught =
  (told: boolean, own?: AbortSignal) =>
  async (trial: Trial): Promise<number> => {
    const x = trial.suggestFloat("x", 0, 1);
    const model = mlp({ inputShape: [1], hidden: [], classes: 2 });
    const options = { epochs: 1, batchSize: 4, track: false, progress: false } as const;
    await fitModel(model, quadrants, { ...options, ...(told && { trial }) });
    if (trial.number === 1 && !own) scene.controller.abort();
    try {
      await fitModel(model, quadrants, { ...options, ...(told && { trial }), ...(own && { signal: own }) });
    } catch (error) {
      if (!(error instanceof FitInterrupted)) throw error;
      if (trial.number === 1) scene.controller.abort();
      return 100 + x;
    }
    return x;
  };

test.each([true, false])(
  "a value made of an interrupted training does not count, and a resume runs the trial again (told: %s)",
  async (told) => {
    const dir = newFolder();
    const options = { objective: caught(told), dir, name: "caught", trials: 3, seed: 1 } as const;
    const cut = await run(options);
    expect(cut.trials.map(({ state }) => state)).toEqual(["complete", "interrupted"]);
    scene.controller = new AbortController();
    const whole = await run({
      ...options,
      objective: (trial) => trial.suggestFloat("x", 0, 1),
      resume: true,
    });
    expect(whole.trials.map(({ state, attempt }) => [state, attempt])).toEqual([
      ["complete", 1],
      ["complete", 2],
      ["complete", 1],
    ]);
    expect(whole.trials[1]?.value).toBe(whole.trials[1]?.params.x);
  },
);

test("a training that its objective cut short by a signal of its own is none that was interrupted", async () => {
  const result = await run({ objective: caught(true, AbortSignal.abort()), trials: 3 });
  expect(result.trials.map(({ state }) => state)).toEqual(["complete", "complete"]);
});

test("trainings that ended by themselves count though the sweep was interrupted then, also beside another's", async () => {
  // Trial 1 is interrupted in its second training while 0, which has trained, still works on.
  let trained = () => {};
  const first = new Promise<void>((resolve) => {
    trained = resolve;
  });
  const { signal } = scene.controller;
  const aborted = new Promise((resolve) => signal.addEventListener("abort", resolve));
  const objective = async (trial: Trial) => {
    const x = trial.suggestFloat("x", 0, 1);
    const model = mlp({ inputShape: [1], hidden: [], classes: 2 });
    const options = { epochs: 1, batchSize: 4, track: false, progress: false, trial } as const;
    await fitModel(model, quadrants, options);
    if (trial.number === 0) {
      trained();
      await aborted;
      await later(40);
      return x;
    }
    await first;
    scene.controller.abort();
    await fitModel(model, quadrants, options).catch(() => {});
    return x;
  };
  const result = await run({ objective, trials: 2, parallel: 2 });
  expect(result.trials.map(({ state }) => state)).toEqual(["complete", "interrupted"]);
});

test("a value returned after the abort does not count where the objective asked for the signal", async () => {
  for (const ask of [
    (trial: Trial) => void trial.signal,
    (trial: Trial) => trial.signal.addEventListener("abort", () => {}),
  ]) {
    scene.controller = new AbortController();
    const objective = (trial: Trial) => {
      ask(trial);
      trial.suggestFloat("x", 0, 1);
      if (trial.number === 1) scene.controller.abort();
      return 1;
    };
    const result = await run({ objective, trials: 3 });
    expect(result.trials.map(({ state }) => state)).toEqual(["complete", "interrupted"]);
  }
});

test("a metric that nobody measures ends the sweep after its first trial, with the nearest measured", async () => {
  let calls = 0;
  const objective = () => {
    calls++;
    return { loss: 1, valAccuracy: 0.5 };
  };
  const wrong = sweep({ objective, maximize: "valAcuracy", dir: newFolder(), progress: false, trials: 5 });
  await expect(wrong).rejects.toThrow(
    "the objective must return or report valAcuracy; it gave loss, valAccuracy. Did you mean valAccuracy?",
  );
  expect(calls).toBe(1);
  const silent = sweep({
    objective: () => {},
    maximize: "acc",
    dir: newFolder(),
    progress: false,
    trials: 5,
  });
  await expect(silent).rejects.toThrow(/must return or report acc; it gave undefined/);
});

test("fit's own measures are named too, and one trial that reached the metric keeps the sweep going", async () => {
  const set = arrays({ x: [[0], [1]], y: [0, 1], classes: 2 });
  const objective = async (trial: Trial) => {
    trial.suggestFloat("x", 0, 1);
    if (trial.number === 1) return { accuracy: 1 };
    const model = mlp({ inputShape: [1], hidden: [], classes: 2 });
    return (await fitModel(model, set, { epochs: 1, track: false })).best(trial.metric as string);
  };
  const options = { objective, dir: newFolder(), progress: false, trials: 3 };
  await expect(sweep({ ...options, maximize: "acuracy" })).rejects.toThrow(/Did you mean accuracy\?$/);
  const { trials } = await sweep({ ...options, minimize: "loss" });
  expect(trials.map(({ state }) => state)).toEqual(["complete", "failed", "complete"]);
});

test("a result says why nothing came of it", async () => {
  const failing = () => {
    throw new Error("broken data");
  };
  expect((await run({ objective: failing, trials: 2 })).failure).toMatch(
    /^all 2 trials failed; the first with: Error: broken data\n\s+at failing [^\n]+$/,
  );
  expect((await run({ objective: () => 1, trials: 2 })).failure).toBeUndefined();
});
