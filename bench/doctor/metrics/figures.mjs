import { orNull } from "./orNull.mjs";
import { macroF1, problemScores } from "./problemScores.mjs";
import { detectionRecall, diagnosisRate, falseAlarmRate, layerHitRate } from "./rates.mjs";

/** The benchmark's figures of one judge, each 0 to 1, or null where no run counts. */
export function figures(all) {
  const counted = {
    recall: detectionRecall(all),
    diagnosis: diagnosisRate(all),
    macroF1: macroF1(problemScores(all)),
    macroF1WithoutSymptoms: macroF1(problemScores(all, { symptoms: false })),
    falseAlarms: falseAlarmRate(all),
    layerHit: layerHitRate(all),
  };
  return Object.fromEntries(Object.entries(counted).map(([name, value]) => [name, orNull(value)]));
}
