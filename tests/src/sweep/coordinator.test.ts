import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { TrialPruned } from "../../../src/base/errors.js";
import { random } from "../../../src/base/random.js";
import { sweep } from "../../../src/sweep/sweep.js";
import { later, newFolder, run, stage } from "./inProcess.js";

const scene = stage();

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

test("two sweeps on one folder: the second is refused", async () => {
  const dir = newFolder();
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const options = {
    objective: async () => {
      begin();
      await released;
      return 1;
    },
    dir,
    name: "one",
    trials: 1,
    minimize: true,
    progress: false,
  } as const;
  const first = sweep(options);
  await begun;
  await expect(sweep({ ...options, resume: true })).rejects.toThrow(/is run by process \d+/);
  release();
  const { dir: folder } = await first;
  expect(existsSync(join(folder, "coordinator.json"))).toBe(false);
});

test("an interrupt while the engine starts ends the sweep at once and stops the engine", async () => {
  const calls: string[] = [];
  let giveUp = () => {};
  const engine = () => ({
    name: "slow",
    workers: 1,
    start: () => {
      calls.push("start");
      // It ends only when the test says so: the sweep must not wait for it.
      return new Promise<void>((_, reject) => {
        giveUp = () => reject(new Error("stopped"));
        setImmediate(() => scene.controller.abort());
      });
    },
    stop: async () => void calls.push("stop"),
    run: async () => ({ state: "complete", value: 1 }) as const,
  });
  const result = await sweep({ engine, minimize: true, trials: 3, dir: newFolder(), progress: false });
  expect(result.endReason).toBe("interrupted");
  expect(result.trials).toEqual([]);
  expect(calls).toEqual(["start", "stop"]);
  // The start that was given up still rejects: nobody may be hit by it.
  giveUp();
  await later(50);
});
