import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { judged } from "../../../bench/doctor/metrics/judged.mjs";
import { macroF1, problemScores } from "../../../bench/doctor/metrics/problemScores.mjs";
import {
  detectionRecall,
  diagnosisRate,
  falseAlarmRate,
  layerHitRate,
  otherAlarms,
} from "../../../bench/doctor/metrics/rates.mjs";
import { upperBound } from "../../../bench/doctor/metrics/upperBound.mjs";

interface Oracle {
  runs: { must: string[]; may: string[]; named: string[] }[];
  scores: Record<string, { precision: number; recall: number; f1: number }>;
  rates: { macroF1: number; detection: number; diagnosis: number; falseAlarms: number };
  bounds: { hits: number; trials: number; upper: number }[];
}
const oracle: Oracle = JSON.parse(
  readFileSync(new URL("../../oracles/bench/doctor_metrics.json", import.meta.url), "utf8"),
);

type Said = { problem: string; severity?: string; layer?: string; follows?: string };
const run = (definition: object, verdicts: Said[], order: string[] = []) =>
  judged(
    { id: "X1", family: "X", must: [], may: [], ...definition } as never,
    verdicts.map((verdict) => ({ severity: "error", ...verdict })) as never,
    order as never,
  );

it("scores problems as scikit-learn does", () => {
  const all = oracle.runs.map(({ must, may, named }) =>
    run(
      { must, may },
      named.map((problem) => ({ problem })),
    ),
  );
  const scores = problemScores(all) as unknown as Oracle["scores"];
  for (const [name, { precision, recall, f1 }] of Object.entries(oracle.scores)) {
    expect(scores[name]?.precision, name).toBeCloseTo(precision, 12);
    expect(scores[name]?.recall, name).toBeCloseTo(recall, 12);
    expect(scores[name]?.f1, name).toBeCloseTo(f1, 12);
  }
  expect(macroF1(scores as never)).toBeCloseTo(oracle.rates.macroF1, 12);
  expect(detectionRecall(all)).toBeCloseTo(oracle.rates.detection, 12);
  expect(diagnosisRate(all)).toBeCloseTo(oracle.rates.diagnosis, 12);
  expect(falseAlarmRate(all)).toBeCloseTo(oracle.rates.falseAlarms, 12);
});

it("bounds shares as SciPy's beta distribution does", () => {
  for (const { hits, trials, upper } of oracle.bounds)
    expect(upperBound(hits, trials), `${hits} of ${trials}`).toBeCloseTo(upper, 9);
  expect(upperBound(5, 5)).toBe(1);
});

it("counts a symptom as wrong, or not, as it is asked", () => {
  const all = [
    run({ must: ["vanishing"] }, [
      { problem: "VanishingGradient" },
      { problem: "DeadLayer", follows: "VanishingGradient" },
    ]),
  ];
  expect(problemScores(all)["dead-layer"]).toMatchObject({ fp: 1 });
  expect(problemScores(all, { symptoms: false })["dead-layer"]).toMatchObject({ fp: 0 });
});

it("takes no notice of what is only worth knowing", () => {
  const all = [run({}, [{ problem: "Overfit", severity: "info" }])];
  expect(falseAlarmRate(all)).toBe(0);
  expect(problemScores(all).overfit).toMatchObject({ fp: 0 });
});

it("names alarms that the benchmark has not, unless they are symptoms", () => {
  const all = [
    run({ must: ["leak"] }, [{ problem: "Plateau" }, { problem: "UpdateRatio", follows: "DataLeak" }]),
  ];
  expect(otherAlarms(all).map(({ name }: { name: string }) => name)).toEqual(["Plateau"]);
  expect(detectionRecall(all)).toBe(1);
  expect(diagnosisRate(all)).toBe(0);
});

it("takes a layer beside the fault's for a hit, and a fault that was not named for a miss", () => {
  const order = ["hidden_1", "hidden_2", "hidden_3", "output"];
  const definition = { must: ["vanishing"], layers: ["hidden_1"] };
  const at = (layer: string) => run(definition, [{ problem: "VanishingGradient", layer }], order);
  expect([at("hidden_1"), at("hidden_2"), at("hidden_3")].map((one) => layerHitRate([one]))).toEqual([
    1, 1, 0,
  ]);
  expect(layerHitRate([run(definition, [], order), at("hidden_1"), run({ must: ["leak"] }, [])])).toBe(0.5);
  expect(layerHitRate([run(definition, [{ problem: "DeadLayer", layer: "hidden_1" }], order)])).toBe(0);
});
