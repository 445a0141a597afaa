import { expect, it } from "vitest";
import { paretoChoice, secondMetric } from "../../../src/board/secondMetric.js";

it("takes a direction after a colon, else the one that the name is known for, else the one of costs", () => {
  expect(secondMetric(paretoChoice("reward:max"))).toEqual({ title: "reward", direction: "maximize" });
  expect(secondMetric(paretoChoice("epoch/valAccuracy"))).toMatchObject({ direction: "maximize" });
  expect(secondMetric(paretoChoice("valLoss"))).toMatchObject({ direction: "minimize" });
  expect(secondMetric(paretoChoice("latency"))).toMatchObject({ direction: "minimize" });
  expect(secondMetric(paretoChoice("duration"))).toEqual({ title: "duration (s)", direction: "minimize" });
});

it("refuses what names nothing, or another direction", () => {
  for (const text of ["", ":max", "a:up", "a:min:max"])
    expect(() => paretoChoice(text)).toThrow(
      new RangeError(
        `board needs pareto as NAME, NAME:min or NAME:max; it was given ${JSON.stringify(text)}`,
      ),
    );
});
