import { readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { space } from "../../../src/sweep/space.js";
import { sweep } from "../../../src/sweep/sweep.js";
import type { Trial } from "../../../src/sweep/trial.js";
import { later, newFolder, stage } from "./inProcess.js";

const scene = stage();

test("an interrupt ends the running trials, keeps what is done, and a resume runs every trial once to its end", async () => {
  const dir = newFolder();
  const ends: number[] = [];
  let interrupted = false;
  const objective = async (trial: Trial) => {
    const x = trial.suggestFloat("x", -5, 5);
    await later(2);
    if (trial.number === 6 && !interrupted) {
      interrupted = true;
      scene.controller.abort();
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
  scene.controller = new AbortController();
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

test("a resume without a metric's name goes on with the one that is recorded", async () => {
  const dir = newFolder();
  const options = {
    objective: (trial: Trial) => ({ loss: trial.suggestFloat("x", 1, 2), other: 0 }),
    dir,
    name: "s",
    trials: 2,
    progress: false,
  } as const;
  await sweep({ ...options, minimize: "loss" });
  const { trials } = await sweep({ ...options, minimize: true, resume: true, trials: 4 });
  expect(trials.map(({ state }) => state)).toEqual(Array(4).fill("complete"));
  for (const { value, params } of trials) expect(value).toBe(params.x);
  await expect(sweep({ ...options, minimize: "other", resume: true })).rejects.toThrow(
    "the goal stays as recorded, minimize loss; it was given minimize other",
  );
  await expect(sweep({ ...options, maximize: true, resume: true })).rejects.toThrow(
    "the goal stays as recorded, minimize loss; it was given maximize loss",
  );
});

test("one that another machine had is taken over where that is asked for; who had it writes no more", async () => {
  const root = newFolder();
  const options = {
    objective: (trial: Trial) => trial.suggestFloat("x", -5, 5) ** 2,
    dir: root,
    name: "moved",
    trials: 4,
    minimize: true,
    progress: false,
  } as const;
  const { dir } = await sweep(options);
  const lock = join(dir, "coordinator.json");
  const file = join(dir, "journal.log");
  writeFileSync(lock, JSON.stringify({ pid: 1, host: "elsewhere" }));
  const more = { ...options, resume: true, trials: 8 };
  await expect(sweep({ ...more, takeOver: true })).rejects.toThrow(
    "can be taken over once there was none for 60 s",
  );
  const before = Date.now() / 1000 - 90;
  for (const name of readdirSync(dir)) utimesSync(join(dir, name), before, before);
  await expect(sweep(more)).rejects.toThrow(/by process 1 on elsewhere, .* 9\d s ago: .* --take-over/);
  expect((await sweep({ ...more, takeOver: true })).trials).toHaveLength(8);
  await expect(sweep({ ...options, takeOver: true })).rejects.toThrow("takeOver needs resume");

  const spy = vi.spyOn(Date, "now");
  onTestFinished(() => spy.mockRestore());
  let written = "";
  const objective = async (trial: Trial) => {
    if (trial.number === 9) {
      writeFileSync(lock, JSON.stringify({ pid: 1, host: "elsewhere" }));
      written = readFileSync(file, "utf8");
      const now = performance.timeOrigin + performance.now();
      // This machine slept meanwhile.
      spy.mockReturnValue(now + 100_000);
    }
    return trial.suggestFloat("x", -5, 5) ** 2;
  };
  await expect(sweep({ ...more, objective, trials: 12 })).rejects.toThrow(
    `the sweep in ${dir} was taken over by process 1 on elsewhere: this one goes on with it no more`,
  );
  expect(readFileSync(file, "utf8")).toBe(written);
  expect(readFileSync(lock, "utf8")).toContain("elsewhere");
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
