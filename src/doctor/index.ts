/** The doctor: verdicts on runs, with evidence and prescription. */

export { fitChange } from "./codeLine.js";
export { commonRows } from "./commonRows.js";
export { diagnose } from "./diagnose.js";
export { Diagnosis } from "./diagnosis.js";
export { doctor, type RunReference } from "./doctor.js";
export { installEvidenceCharts } from "./evidenceChart.js";
export { type NotKnown, preflight } from "./preflight.js";
export { preflightText } from "./preflightText.js";
export { verdictPlaceText } from "./roots.js";
export { viewRun } from "./runView.js";
export {
  type Change,
  type DataChange,
  type Evidence,
  type Prescription,
  type Problem,
  problems,
  type RuleOutcome,
  type Severity,
  severities,
  type Verdict,
} from "./verdict.js";
export { placeOfVerdict } from "./verdictPlace.js";
