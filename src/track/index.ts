/** The tracker: runs written, found and read. */
export { type BestRun, BestRuns, type BestRunsOptions, bestRuns } from "./bestRuns.js";
export { compareRuns } from "./compareRuns.js";
export { type CodeDifference, Comparison, type Difference, type MetricComparison } from "./comparison.js";
export { recordComputing } from "./environment.js";
export { type FindRunsOptions, findRuns } from "./findRuns.js";
export { type OpenRunOptions, openRun } from "./openRun.js";
export { beginTraining, closeOpenRuns, onRunOpened, openRuns } from "./openRuns.js";
export { resumeRun } from "./resumeRun.js";
export { Run } from "./run.js";
export type { HistogramPoint, ReadProblem, RunData, ScalarSeries } from "./runData.js";
export { runsFolder, safeName } from "./runFolder.js";
export { RunReader, readRun, readRunRecord } from "./runReader.js";
export type * from "./runRecord.js";
export type { RunRow } from "./runRow.js";
export { liveRuns, type RunsOptions, RunTable, runs } from "./runs.js";
export { type TrackOptions, track } from "./track.js";
