import { describe, expect, it } from "vitest";
import { changedOptions, repeatable } from "../../../src/fix/changedOptions.js";
import { NotApplicable } from "../../../src/fix/notApplicable.js";
import { adam, schedules, sgd } from "../../../src/index.js";

describe("changedOptions", () => {
  it("changes an optimiser's rate and leaves what else it was given", () => {
    const { optimizer, epochs } = changedOptions(
      { optimizer: sgd({ learningRate: 1, momentum: 0.9 }), epochs: 5 },
      { learningRate: 0.1, batchSize: 16 },
    );
    expect(optimizer).toMatchObject({ name: "sgd", learningRate: 0.1, settings: { momentum: 0.9 } });
    expect(optimizer?.scalars(0, 0.1)).toEqual(sgd({ learningRate: 0.1, momentum: 0.9 }).scalars(0, 0.1));
    expect(epochs).toBe(5);
  });

  it("begins another optimiser with its own rate, unless one is prescribed too", () => {
    expect(
      changedOptions({ optimizer: sgd({ learningRate: 1 }) }, { optimizer: "adam" }).optimizer,
    ).toMatchObject({
      name: "adam",
      learningRate: adam().learningRate,
    });
    expect(changedOptions({}, { optimizer: "sgd", learningRate: 0.05 }).optimizer).toMatchObject({
      name: "sgd",
      learningRate: 0.05,
    });
  });

  it.each([
    [{}, { callbacks: [] }, "fit's callbacks cannot be changed by itself"],
    [{}, { optimizer: "newton" }, 'there is no optimiser "newton"'],
    [
      { schedule: schedules.cyclic({ steps: 100, baseLr: 0.1, maxLr: 1 }) },
      { learningRate: 0.1 },
      /has rates of its own/,
    ],
  ])("says why it cannot (%#)", (options, change, why) => {
    expect(() => changedOptions(options, change)).toThrow(NotApplicable);
    expect(() => changedOptions(options, change)).toThrow(why);
  });
});

it("repeats what a training computes, and nothing of what it showed or kept", () => {
  const options = { epochs: 3, clipNorm: 1, board: true, checkpoint: true, track: "mine", verbose: true };
  expect(repeatable(options)).toEqual({ epochs: 3, clipNorm: 1 });
});
