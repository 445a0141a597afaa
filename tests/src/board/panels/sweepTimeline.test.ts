import { expect, it } from "vitest";
import { workersTimeline } from "../../../../src/board/panels/sweepTimeline.js";
import { parameterAxes, type SweepData, type TrialPoint } from "../../../../src/board/sweepData.js";
import { panelStyle } from "../panelStyle.js";

it("takes more trials than a call takes arguments, over the whole sweep's time", () => {
  const trials = Array.from(
    { length: 200_000 },
    (_, number): TrialPoint => ({
      number,
      state: "complete",
      params: { lr: (number + 1) / 1e6 },
      value: number,
      intermediate: [],
      start: 1_760_000_000 + number * 0.18,
      end: 1_760_000_000 + (number + 1) * 0.18,
    }),
  );
  const sweep: SweepData = {
    name: "long",
    direction: "maximize",
    metric: "score",
    trials,
    distributions: {},
  };
  // 36,000 s.
  expect(workersTimeline(sweep, panelStyle)?.description).toMatch(
    /^Gantt chart of 200000 trials on 1 workers \(.*\), over 10 (h|hours)$/,
  );
  expect(parameterAxes(sweep)[0]?.ticks.at(-1)?.label).toBe("0.2");
});
