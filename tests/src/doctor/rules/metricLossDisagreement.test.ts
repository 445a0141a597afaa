import { expect, test } from "vitest";
import { metricLossDisagreement } from "../../../../src/doctor/rules/metricLossDisagreement.js";
import { madeRun } from "./series.js";

function judge(loss: number[], accuracy?: number[]) {
  const config = { trainSize: 1000 };
  const judgement = metricLossDisagreement.judge(
    madeRun({ config, epochs: { loss, ...(accuracy && { accuracy }) } }),
  );
  return judgement.kind === "verdict" ? judgement.verdict : judgement.kind;
}

const falling = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2];
const down = [0.5, 0.45, 0.4, 0.42, 0.3, 0.25, 0.2, 0.1, 0.05];

test("MetricLossDisagreement fires where loss and accuracy fall together", () => {
  // scipy.stats.spearmanr(falling, down) = 0.98333
  expect(judge(falling, down)).toMatchObject({
    evidence: [{ value: expect.closeTo(0.98333, 5) }, { value: expect.closeTo(0.33333, 5) }],
  });
});

test("MetricLossDisagreement is silent where one of them rises, or falls by chance", () => {
  expect(judge(falling, [...down].reverse())).toBe("healthy");
  expect(judge([...falling].reverse(), [...down].reverse())).toBe("healthy");
  expect(
    judge(
      falling,
      falling.map((loss) => 0.5 + loss / 100),
    ),
  ).toBe("healthy");
});

test("MetricLossDisagreement says what is missing", () => {
  expect(judge(falling)).toBe("notEnough");
  expect(judge(falling.slice(2), down.slice(2))).toBe("notEnough");
});
