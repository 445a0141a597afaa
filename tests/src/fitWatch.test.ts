import { rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { installHost } from "../../src/base/host.js";
import { terminalHost } from "../../src/base/terminalHost.js";
import { watchTraining } from "../../src/fitWatch.js";
import { track } from "../../src/track/index.js";
import { temporaryFolder } from "./track/temporaryFolder.js";

/** A loss that stays where it is from the first epoch on: an alarm once the doctor has seen enough epochs. */
function stays(name = "stays") {
  installHost(terminalHost({ write: () => true }));
  const run = track({ name, dir: temporaryFolder(), system: false });
  return {
    run,
    log: (epoch: number) => run.log({ "epoch/loss": 2.3, "epoch/accuracy": 0.1 }, epoch),
  };
}

/** The epochs after which it looked: each look asks for the time twice more. */
function looksOf(epochs: number, secondsEach: number, lookSeconds: number): number[] {
  const { run, log } = stays();
  let time = 0;
  let asked = 0;
  const watch = watchTraining(run, {
    epochs,
    say: () => {},
    now: () => {
      asked++;
      // Within a look.
      if (asked === 3) time += 1000 * lookSeconds;
      return time;
    },
  });
  const looked: number[] = [];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    log(epoch);
    time += 1000 * secondsEach;
    asked = 0;
    watch(epoch);
    if (asked > 1) looked.push(epoch);
  }
  run.finish();
  return looked;
}

describe("watchTraining", () => {
  it("tells a problem once, with the run's name so that it can be pasted", () => {
    const { run, log } = stays("my net");
    const said: string[] = [];
    const watch = watchTraining(run, { epochs: 40, say: (line) => said.push(line) });
    for (let epoch = 1; epoch <= 40; epoch++) {
      log(epoch);
      watch(epoch);
    }
    run.finish();
    expect(said).toEqual([
      expect.stringMatching(/^doctor: LossNotDecreasing, .* — tunelab doctor 'my net' for what to do$/),
    ]);
  });

  it("looks after epochs 1, 2, 4, 8 … and the last, however fast they are", () => {
    expect(looksOf(20, 0.01, 0.02)).toEqual([1, 2, 4, 8, 16, 20]);
  });

  it("from the first minute on takes at most 2 % of the time", () => {
    // Looks of 1 s: 50 s of training each.
    const looked = looksOf(200, 10, 1).filter((epoch) => epoch > 6);
    expect(looked.length).toBeGreaterThan(20);
    // Three were made within the first minute.
    for (const [i, epoch] of looked.entries()) {
      const seconds = 10 * epoch + (i + 3);
      expect(i + 4).toBeLessThanOrEqual(0.02 * seconds + 3);
    }
  });

  it("notes in the run what goes wrong, and looks no more", () => {
    const { run, log } = stays();
    const notes: string[] = [];
    run.problem = (sentence: string) => void notes.push(sentence);
    const watch = watchTraining(run, { epochs: 4, say: () => {} });
    log(1);
    rmSync(run.dir, { recursive: true, force: true });
    watch(1);
    watch(2);
    expect(notes).toEqual([expect.stringMatching(/^the doctor could not look at the training: /)]);
  });
});
