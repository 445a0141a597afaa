import { describe, expect, test } from "vitest";
import { doctor } from "../../../../src/doctor/index.js";
import { withUsualNames } from "../../../../src/track/foreign/usualNames.js";
import type { ScalarSeries } from "../../../../src/track/index.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { logWriter } from "./logWriter.js";

function series(values: number[], steps = values.map((_, i) => i)): ScalarSeries {
  return {
    steps: Float64Array.from(steps),
    values: Float64Array.from(values),
    wallTimes: new Float64Array(values.length),
  };
}

/** What the rules find under a name of theirs. */
function found(logged: Record<string, ScalarSeries>, name: string): number[] | undefined {
  const one = withUsualNames(new Map(Object.entries(logged))).get(name);
  return one && Array.from(one.values);
}

test.each([
  ["Loss/train", "epoch/loss"],
  ["train_loss_epoch", "epoch/loss"],
  ["epoch_loss", "epoch/loss"],
  ["loss", "epoch/loss"],
  ["trainLoss", "epoch/loss"],
  ["val_loss", "epoch/valLoss"],
  ["Loss/validation", "epoch/valLoss"],
  ["test/avg_loss", "epoch/valLoss"],
  ["evaluation_loss_vs_iterations", "epoch/valLoss"],
  ["Accuracy/train", "epoch/accuracy"],
  ["val/acc", "epoch/valAccuracy"],
])("%s is %s", (tag, name) => {
  expect(found({ [tag]: series([3, 2, 1]) }, name)).toEqual(
    [3, 2, 1].map((value) => (/acc/i.test(tag) ? value / 100 : value)),
  );
});

test.each(["discriminator_loss", "loss_weight", "accuracy_loss", "gradients", "val"])(
  "%s is none of them",
  (tag) => {
    const names = [...withUsualNames(new Map([[tag, series([1, 2])]])).keys()];
    expect(names).toEqual([tag]);
  },
);

test("losses of steps are parted by the validations, or by the epochs that the log tells", () => {
  const train = series([8, 6, 4, 2, 1, 1], [0, 1, 2, 3, 4, 5]);
  const val = series([5, 3], [1, 4]);
  // What comes after the last validation belongs to none.
  expect(found({ train_loss: train, val_loss: val }, "epoch/loss")).toEqual([7, 7 / 3]);
  expect(found({ train_loss: train, val_loss: val }, "train/loss")).toEqual([8, 6, 4, 2, 1, 1]);
  const epoch = series([0, 0, 1, 1, 2, 2], [0, 1, 2, 3, 4, 5]);
  expect(found({ train_loss: train, epoch }, "epoch/loss")).toEqual([7, 3, 1]);
  expect(found({ train_loss_epoch: val, train_loss_step: train }, "epoch/loss")).toEqual([5, 3]);
  expect(found({ train_loss_epoch: val, train_loss_step: train }, "train/loss")).toHaveLength(6);
});

test("losses of steps are parted by the first validation that they are not behind, of many and of a restarted training", () => {
  for (const rises of [true, false]) {
    const vals = Array.from({ length: 200 }, (_, i) => (rises ? 5 * i + 3 : (i * 7919) % 1000));
    const steps = Array.from({ length: 1000 }, (_, i) => i);
    const values = steps.map((i) => ((i * 104729) % 977) / 977);
    const means = new Map<number, number[]>();
    for (const step of steps) {
      const part = vals.findIndex((end) => step <= end);
      if (part >= 0) means.set(part, [...(means.get(part) ?? []), values[step]!]);
    }
    const expected = [...means.values()].map((all) => all.reduce((sum, one) => sum + one, 0) / all.length);
    const logged = { train_loss: series(values, steps), val_loss: series(vals, vals) };
    expect(found(logged, "epoch/loss")).toEqual(expected);
  }
});

test("of the same series they are made once, and again when one has more points", () => {
  const logged = { train_loss: series([8, 6, 4, 2], [0, 1, 2, 3]), val_loss: series([5, 3], [1, 3]) };
  const loss = (more: Record<string, ScalarSeries>) =>
    withUsualNames(new Map(Object.entries({ ...logged, ...more }))).get("epoch/loss");
  expect(loss({})?.values).toEqual(Float64Array.of(7, 3));
  expect(loss({})).toBe(loss({}));
  expect(loss({ val_loss: series([5, 4, 3], [0, 1, 3]) })?.values).toEqual(Float64Array.of(8, 6, 3));
  expect(loss({ other: series([1]) })?.values).toEqual(Float64Array.of(7, 3));
});

test("a name of the rules that was logged stays what it was", () => {
  expect(found({ "epoch/loss": series([9]), train_loss: series([1, 2]) }, "epoch/loss")).toEqual([9]);
});

describe("the doctor, on logs of another program", () => {
  /** A folder of event files without run.json. */
  function logged(epochs: number, values: (epoch: number) => Record<string, number>): string {
    const dir = temporaryFolder();
    const writer = logWriter(dir);
    for (let epoch = 0; epoch < epochs; epoch++) writer.scalars(values(epoch), epoch);
    writer.close();
    return dir;
  }
  const diagnosed = async (dir: string) => (await doctor(dir))[0]!;

  test("finds an overfit, a loss that stays, one that is NaN; and says which rules had not enough", async () => {
    const overfit = await diagnosed(
      logged(12, (epoch) => ({
        "Loss/train": 1 / (epoch + 1),
        "Loss/val": 0.5 + Math.abs(epoch - 4) / 10,
      })),
    );
    expect(overfit.verdicts.map(({ problem }) => problem)).toEqual(["Overfit"]);
    // Those that look at gradients; those that look at losses had what they need.
    const unjudged = overfit.outcomes.filter(({ outcome }) => outcome === "notEnough");
    const problems = unjudged.map(({ problem }) => problem);
    expect(problems).toEqual(expect.arrayContaining(["ExplodingGradient", "DeadLayer", "VanishingGradient"]));
    expect(problems).not.toContain("LossNotDecreasing");
    const flat = await diagnosed(logged(8, () => ({ train_loss: 2.3, val_loss: 2.3 })));
    expect(flat.verdicts.map(({ problem }) => problem)).toEqual(["LossNotDecreasing"]);
    const broken = await diagnosed(
      logged(8, (epoch) => ({ "train/loss_step": epoch > 4 ? Number.NaN : 1 / (epoch + 1) })),
    );
    expect(broken.verdicts.map(({ problem }) => problem)).toContain("NotFinite");
    const healthy = await diagnosed(
      logged(12, (epoch) => ({
        "Loss/train": 1 / (epoch + 1),
        "Loss/val": 1.1 / (epoch + 1),
        "Accuracy/val": 90 + epoch / 2,
      })),
    );
    expect(healthy.top).toBeUndefined();
  });
});
