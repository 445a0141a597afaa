import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { TrialPruned } from "../../../src/base/errors.js";
import { type Host, installHost, type MimeBundle } from "../../../src/base/host.js";
import { random } from "../../../src/base/random.js";
import { readSweep } from "../../../src/sweep/readSweep.js";
import { space } from "../../../src/sweep/space.js";
import { sweep } from "../../../src/sweep/sweep.js";
import type { SweepOptions } from "../../../src/sweep/sweepOptions.js";
import type { Trial } from "../../../src/sweep/trial.js";
import { readRun } from "../../../src/track/index.js";

let controller: AbortController;
let shown: MimeBundle[];
beforeEach(() => {
  controller = new AbortController();
  shown = [];
  const host: Host = {
    kind: "notebook",
    display: (bundle) => {
      shown.push(bundle);
      return { update: (next) => void shown.push(next) };
    },
    signal: () => controller.signal,
    sources: () => [{ name: "cell-1.ts", text: "const x = 1;" }],
  };
  installHost(host);
});

const newFolder = () => mkdtempSync(join(tmpdir(), "sweeps-"));
const run = (options: Partial<SweepOptions> & Pick<SweepOptions, "objective">) =>
  sweep({ minimize: true, dir: newFolder(), progress: false, ...options });
const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const parabola = (trial: Trial) => {
  const x = trial.suggestFloat("x", -10, 10);
  return (x - 2) ** 2 + (trial.suggestCategorical("k", ["a", "b"]) === "a" ? 1 : 0);
};

test("finds the better values and keeps everything on disk", async () => {
  const result = await run({ objective: parabola, trials: 60, name: "parabola" });
  expect(result.trials).toHaveLength(60);
  expect(result.bestParams.k).toBe("b");
  expect(Math.abs((result.bestParams.x as number) - 2)).toBeLessThan(1);
  const read = readSweep(result.dir);
  expect(read.trials).toEqual(result.trials);
  expect(read.best).toEqual(result.best);
  expect(read).toMatchObject({
    name: "parabola",
    direction: "minimize",
    seed: 0,
    limit: 60,
    code: ["cell-1.ts"],
    problems: [],
  });
  expect(readFileSync(join(result.dir, "code", "cell-1.ts"), "utf8")).toBe("const x = 1;");
  expect(JSON.parse(readFileSync(result.save(), "utf8"))).toMatchObject({ best: result.best.number });
});

test("gives a declared space to the trial at once", async () => {
  const seen: object[] = [];
  const result = await run({
    objective: (trial) => {
      seen.push(trial.params);
      return trial.params.n as number;
    },
    space: { n: space.int(3, 5), fixed: "x" },
    sampler: "grid",
  });
  expect(seen).toEqual([
    { n: 3, fixed: "x" },
    { n: 4, fixed: "x" },
    { n: 5, fixed: "x" },
  ]);
  expect(result.endReason).toBe("exhausted");
  expect(result.bestValue).toBe(3);
});

test.each([
  [
    {},
    /needs maximize or minimize: add --maximize valAccuracy .* maximize: "valAccuracy" in code.*given neither/,
  ],
  [{ minimize: true, maximize: true }, /either maximize or minimize.*given both/],
  [{ minimize: true, trails: 3 }, /options it knows.*given "trails", the nearest is "trials"/],
  [{ minimize: true, trials: 0 }, /trials needs a whole number.*given 0/],
  [{ minimize: true, sampler: "gp" }, /one of tpe, random, grid; it was given "gp"/],
  [{ minimize: true, pruner: "x" }, /one of none, asha, median; it was given "x"/],
  [{ minimize: true, engine: "ray" }, /engine is local; "ray" is not built/],
  [{ minimize: true, space: { x: [] } }, /"x" needs at least one choice/],
  [{ minimize: true, objective: "/nowhere/objective.ts" }, /module does not exist: \/nowhere/],
])("refuses %j", async (options, message) => {
  const wrong = { objective: parabola, dir: newFolder(), progress: false, ...options } as SweepOptions;
  await expect(sweep(wrong)).rejects.toThrow(message);
});

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
  expect(result.trials[1]?.error).toMatch(/no luck[\s\S]*sweep\.test\.ts/);
  expect(result.trials[2]?.error).toMatch(/must return a finite number; it gave NaN/);
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

/** Proposals, values and prunings: all that must repeat. */
const story = (trials: Awaited<ReturnType<typeof sweep>>["trials"]) =>
  trials.map(({ number, state, params, value, proposal, intermediate }) => ({
    number,
    state,
    params,
    value,
    proposal,
    intermediate,
  }));

test("a repeatable sweep proposes and prunes the same under random delays of four workers", async () => {
  const once = (delays: number) => {
    const chance = random(delays);
    return run({
      objective: async (trial) => {
        const x = trial.suggestFloat("x", -5, 5);
        const n = trial.suggestInt("n", 1, 8);
        for (let step = 1; step <= 9; step++) {
          await later(3 * chance.next());
          trial.report((x - 1) ** 2 + n / 8 + 1 / step, step);
          if (await trial.shouldPrune()) throw new TrialPruned();
        }
        await later(5 * chance.next());
        return (x - 1) ** 2 + n / 8;
      },
      trials: 40,
      parallel: 4,
      pruner: "asha",
      seed: 5,
    });
  };
  const [first, second, third] = [await once(1), await once(2), await once(3)];
  expect(story(second.trials)).toEqual(story(first.trials));
  expect(story(third.trials)).toEqual(story(first.trials));
  expect(first.trials.some((trial) => trial.state === "pruned")).toBe(true);
  expect(first.waited).toBeGreaterThan(0);
});

test("ask n sees exactly the trials below n − P + 1", async () => {
  const sees: number[] = [];
  const result = await run({
    objective: async (trial) => {
      await later(1);
      return trial.suggestFloat("x", 0, 1);
    },
    trials: 12,
    parallel: 3,
  });
  for (const line of readFileSync(join(result.dir, "journal.log"), "utf8").split("\n"))
    if (line.includes('"ask"')) sees.push(JSON.parse(line).sees);
  expect(sees).toEqual(Array.from({ length: 12 }, (_, n) => Math.max(0, n - 2)));
});

test("an interrupt ends the running trials, keeps what is done, and a resume runs every trial once to its end", async () => {
  const dir = newFolder();
  const ends: number[] = [];
  let interrupted = false;
  const objective = async (trial: Trial) => {
    const x = trial.suggestFloat("x", -5, 5);
    await later(2);
    if (trial.number === 6 && !interrupted) {
      interrupted = true;
      controller.abort();
    }
    if (trial.signal.aborted) throw new Error("cut off");
    ends.push(trial.number);
    return x * x;
  };
  const options = {
    objective,
    dir,
    name: "resumed",
    trials: 15,
    parallel: 2,
    seed: 9,
    minimize: true,
    progress: false,
  } as const;
  const cut = await sweep(options);
  expect(cut.endReason).toBe("interrupted");
  expect(cut.trials.filter((trial) => trial.state === "interrupted").length).toBeGreaterThan(0);
  controller = new AbortController();
  const whole = await sweep({ ...options, resume: true });
  expect(whole.dir).toBe(cut.dir);
  expect(ends.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 15 }, (_, i) => i));
  const uncut = await sweep({
    ...options,
    dir: newFolder(),
    objective: (trial) => trial.suggestFloat("x", -5, 5) ** 2,
  });
  expect(whole.trials.map((trial) => trial.params)).toEqual(uncut.trials.map((trial) => trial.params));
  expect(whole.trials.map((trial) => trial.attempt).filter((attempt) => attempt > 1).length).toBeGreaterThan(
    0,
  );
});

test("a resume refuses other definitions and names them", async () => {
  const dir = newFolder();
  const options = {
    objective: () => 1,
    space: { x: space.int(1, 9) },
    dir,
    name: "s",
    trials: 2,
    minimize: true,
    progress: false,
  } as const;
  await sweep(options);
  await expect(sweep({ ...options, resume: true, space: { x: space.int(1, 8) } })).rejects.toThrow(
    /"x" was changed/,
  );
  await expect(sweep({ ...options, resume: true, seed: 3 })).rejects.toThrow(
    /seed stays as recorded, 0; it was given 3/,
  );
  await expect(sweep({ ...options, resume: "other" })).rejects.toThrow(/no sweep is called "other"/);
  const { minimize: _, ...rest } = options;
  await expect(sweep({ ...rest, maximize: true, resume: true })).rejects.toThrow(/goal stays as recorded/);
  expect((await sweep({ ...options, resume: true, trials: 4 })).trials).toHaveLength(4);
});

test("two sweeps on one folder: the second is refused", async () => {
  const dir = newFolder();
  const options = {
    objective: async () => {
      await later(200);
      return 1;
    },
    dir,
    name: "one",
    trials: 1,
    minimize: true,
    progress: false,
  } as const;
  const first = sweep(options);
  await later(50);
  await expect(sweep({ ...options, resume: true })).rejects.toThrow(/is run by process \d+/);
  const { dir: folder } = await first;
  expect(existsSync(join(folder, "coordinator.json"))).toBe(false);
});

test("timeout starts no further trial", async () => {
  const result = await run({
    objective: async (trial) => {
      await later(60);
      return trial.suggestFloat("x", 0, 1);
    },
    timeout: 0.1,
    trials: 100,
  });
  expect(result.endReason).toBe("timeout");
  expect(result.trials.length).toBeLessThan(5);
  expect(result.trials.every((trial) => trial.state === "complete")).toBe(true);
});

test("shows a table while it runs and another at the end, not more than four times a second", async () => {
  const from = performance.now();
  const result = await sweep({
    objective: async (trial) => {
      await later(5);
      return trial.suggestFloat("rate", 0, 1);
    },
    dir: newFolder(),
    trials: 60,
    minimize: true,
    name: "<shown>",
  });
  const seconds = (performance.now() - from) / 1000;
  expect(shown.length).toBeGreaterThanOrEqual(2);
  expect(shown.length).toBeLessThanOrEqual(2 + 4 * seconds);
  const last = shown.at(-1)?.["text/html"] as string;
  expect(last).toContain("&lt;shown&gt;: 60 of 60 trials");
  expect(last.match(/<tr style/g)).toHaveLength(60);
  const plain = result.toMimeBundle()["text/plain"] as string;
  expect(plain.split("\n")[1]).toMatch(/^ *# +state +value +step +rate +time +worker$/);
  expect(plain).toContain(`(#${result.best.number})`);
});

test("10,000 trials of a trivial objective by the random sampler stay fast", async () => {
  const from = performance.now();
  const result = await run({
    objective: (trial) => trial.suggestFloat("x", 0, 1),
    trials: 10_000,
    sampler: "random",
    parallel: 8,
  });
  expect(result.trials).toHaveLength(10_000);
  expect((performance.now() - from) / 10_000).toBeLessThan(3);
});

test("a trial's run is opened on first use, named after it, and closed with it", async () => {
  const runs = newFolder();
  process.env.TUNELAB_RUNS = runs;
  try {
    const result = await run({
      objective: (trial) => {
        const x = trial.suggestFloat("x", 0, 1);
        if (trial.number === 0) return x;
        trial.run.log({ "train/loss": x }, 0);
        if (trial.number === 2) throw new Error("late failure");
        return x;
      },
      trials: 3,
      name: "recorded",
    });
    const [none, kept, failed] = result.trials.map((trial) => trial.runDir);
    expect(none).toBeUndefined();
    const { record, scalars } = readRun(kept as string);
    expect(record).toMatchObject({ name: "recorded-1", group: "recorded", status: "finished" });
    expect(record.config).toEqual(result.trials[1]?.params);
    expect([...(scalars.get("train/loss")?.values ?? [])]).toEqual([result.trials[1]?.params.x]);
    expect(readRun(failed as string).record.status).toBe("failed");
  } finally {
    delete process.env.TUNELAB_RUNS;
  }
});

test("a first-come sweep resumes with every result it had", async () => {
  const dir = newFolder();
  const objective = async (trial: Trial) => {
    await later((trial.number * 7) % 5);
    return trial.suggestFloat("x", -5, 5) ** 2;
  };
  const options = {
    objective,
    dir,
    name: "free",
    parallel: 3,
    minimize: true,
    repeatable: false,
    progress: false,
  } as const;
  const first = await sweep({ ...options, trials: 14 });
  const whole = await sweep({ ...options, trials: 20, resume: true });
  expect(whole.trials.slice(0, 14)).toEqual(first.trials);
  expect(whole.trials).toHaveLength(20);
  const asks = readFileSync(join(whole.dir, "journal.log"), "utf8")
    .split("\n")
    .filter((line) => line.includes('"ask"'))
    .map((line) => JSON.parse(line) as { trial: number; sees: number });
  expect(asks.find(({ trial }) => trial === 14)?.sees).toBe(14);
});

test("an interrupt while the engine starts ends the sweep at once and stops the engine", async () => {
  const calls: string[] = [];
  const engine = () => ({
    name: "slow",
    workers: 1,
    start: () => {
      calls.push("start");
      return new Promise<void>((_, reject) => setTimeout(() => reject(new Error("stopped")), 1_000));
    },
    stop: async () => void calls.push("stop"),
    run: async () => ({ state: "complete", value: 1 }) as const,
  });
  const from = performance.now();
  setTimeout(() => controller.abort(), 30);
  const result = await sweep({ engine, minimize: true, trials: 3, dir: newFolder(), progress: false });
  expect(performance.now() - from).toBeLessThan(800);
  expect(result.endReason).toBe("interrupted");
  expect(result.trials).toEqual([]);
  expect(calls).toEqual(["start", "stop"]);
  // The start that was given up still rejects: nobody may be hit by it.
  await later(1_100);
});

test("a resume keeps the recorded timeout unless it is given another", async () => {
  const options = {
    objective: async (trial: Trial) => {
      await later(40);
      return trial.suggestFloat("x", 0, 1);
    },
    dir: newFolder(),
    name: "timed",
    minimize: true,
    progress: false,
  } as const;
  const first = await sweep({ ...options, timeout: 0.1 });
  const second = await sweep({ ...options, resume: true, trials: 30 });
  expect([first.endReason, second.endReason]).toEqual(["timeout", "timeout"]);
  const trials = second.trials.length + 3;
  expect((await sweep({ ...options, resume: true, trials, timeout: 60 })).endReason).toBe("trials");
});

test("a value returned although the sweep was interrupted meanwhile counts; reports or NaN alone do not", async () => {
  for (const [returned, state] of [
    [2, "complete"],
    [{ loss: 3 }, "complete"],
    [undefined, "interrupted"],
    [Number.NaN, "interrupted"],
  ] as const) {
    controller = new AbortController();
    const objective = (trial: Trial) => {
      trial.report(1, 1);
      controller.abort();
      return returned;
    };
    const result = await run({ objective, minimize: "loss", trials: 2 });
    expect(result.trials.map((trial) => trial.state)).toEqual([state]);
  }
});
