import { expect, test } from "vitest";
import { plateau } from "../../../../src/doctor/rules/plateau.js";
import { madeRun, repeat } from "./series.js";

function judge(run: Parameters<typeof madeRun>[0]) {
  const judgement = plateau.judge(madeRun(run));
  return judgement.kind === "verdict" ? judgement.verdict : judgement.kind;
}

const flat = [2, 1.6, 1.5, 1.5, 1.5, 1.5, 1.495, 1.5, 1.49, 1.5];

test("Plateau is a remark on a loss that stays in a run that learns badly", () => {
  expect(judge({ epochs: { loss: flat, accuracy: repeat(0.4, 10) } })).toMatchObject({
    severity: "info",
    epoch: 3,
  });
  expect(judge({ epochs: { loss: flat } })).toMatchObject({ severity: "info" });
  expect(judge({ epochs: { loss: flat.with(8, 1.48), accuracy: repeat(0.4, 10) } })).toBe("healthy");
});

test("Plateau is silent where the run has arrived, never fell, or lowers its rate", () => {
  expect(judge({ epochs: { loss: flat, accuracy: repeat(0.9, 10) } })).toBe("healthy");
  expect(judge({ epochs: { loss: flat.with(0, 1.55).with(1, 1.53) } })).toBe("healthy");
  expect(judge({ epochs: { loss: flat.map((loss) => loss / 2).with(0, 2) } })).toBe("healthy");
  const learningRate = [1, 1, 1, 1, 1, 0.5, 0.3, 0.2, 0.1, 0.1];
  expect(judge({ epochs: { loss: flat }, learningRate })).toBe("healthy");
  expect(judge({ epochs: { loss: flat.slice(1) } })).toBe("notEnough");
});
