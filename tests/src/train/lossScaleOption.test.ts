import { describe, expect, it } from "vitest";
import { lossScaleOf } from "../../../src/train/lossScaleOption.js";

const usual = { growthFactor: 2, backoffFactor: 0.5, growthInterval: 2000 };

it("is GradScaler's where nothing is said, and stays where a number is given", () => {
  expect(lossScaleOf(undefined, "float16")).toEqual({ initial: 65536, moves: usual });
  expect(lossScaleOf("dynamic", "float16")).toEqual({ initial: 65536, moves: usual });
  expect(lossScaleOf({ initial: 8, growthInterval: 5 }, "float16")).toEqual({
    initial: 8,
    moves: { ...usual, growthInterval: 5 },
  });
  expect(lossScaleOf(128, "float16")).toEqual({ initial: 128 });
  expect(lossScaleOf(undefined, "bfloat16")).toBeUndefined();
});

describe("refuses", () => {
  it.each(["float32", "bfloat16"] as const)("any in %s", (precision) => {
    expect(() => lossScaleOf("dynamic", precision)).toThrow(
      new RangeError(
        `fit needs precision "float16" for lossScale, since only float16 has so small a range; it was given "dynamic" with "${precision}"`,
      ),
    );
  });

  it.each<[unknown, string]>([
    [0, "fit's lossScale must be at least"],
    [Number.POSITIVE_INFINITY, "fit's lossScale must be at least"],
    [1e39, "fit's lossScale must be at least"],
    [
      "static",
      'lossScale to be "dynamic", a number or an object such as { initial: 1024 }; it was given "static"',
    ],
    [[65536], "it was given [65536]"],
    [{ init: 8 }, 'it was given "init", the nearest is "initial"'],
    [{ initial: -1 }, "fit's lossScale.initial must be at least"],
    [{ growthFactor: 0.5 }, "fit's lossScale.growthFactor must be at least 1"],
    [{ backoffFactor: 2 }, "fit's lossScale.backoffFactor must be at least"],
    [{ growthInterval: 1.5 }, "fit's lossScale.growthInterval must be a whole number, but is 1.5"],
  ])("%j", (given, message) => {
    expect(() => lossScaleOf(given as never, "float16")).toThrow(message);
  });
});
