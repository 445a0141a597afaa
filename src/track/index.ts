/** The tracker: runs written, found and read. */
export type { Alert, AlertLevel, AlertOptions } from "./alerts.js";
export { Artifact, type ArtifactFile, type ArtifactRecord } from "./artifact.js";
export { type BestRun, BestRuns, type BestRunsOptions, bestRuns } from "./bestRuns.js";
export { compareRuns } from "./compareRuns.js";
export { type CodeDifference, Comparison, type Difference, type MetricComparison } from "./comparison.js";
export { recordComputing } from "./environment.js";
export { exportRuns } from "./export/exportRuns.js";
export type { ExportFormat, ExportOptions } from "./export/exportSettings.js";
export { type DrawFigure, installFigureDrawer } from "./figureDrawer.js";
export { findArtifact } from "./findArtifact.js";
export { type FindRunsOptions, findRuns } from "./findRuns.js";
export { fixCopyName, isFixCopy } from "./fixCopy.js";
export { type ImportOptions, importRuns } from "./foreign/importRuns.js";
export type { HistogramInput, HistogramLists, HistogramValues, NestedNumbers } from "./givenHistogram.js";
export type { ArtifactOptions } from "./keepArtifact.js";
export { newestRun } from "./newestRun.js";
export { type OpenRunOptions, openRun } from "./openRun.js";
export { beginTraining, closeOpenRuns, onRunOpened, openRuns } from "./openRuns.js";
export type { SummaryValue } from "./ownSummary.js";
export type { ParentRun } from "./parentRun.js";
export { recordedConfig } from "./recordedConfig.js";
export { resumeRun } from "./resumeRun.js";
export type { StoredHashes } from "./rowHashFile.js";
export { type RowEpoch, type RowLossTable, readRowLosses, rowLossFile } from "./rowLossFile.js";
export { Run } from "./run.js";
export { installRunBoards, type RunBoard } from "./runBoards.js";
export type { HistogramPoint, ReadProblem, RunData, ScalarSeries } from "./runData.js";
export type { ChildOptions } from "./runDetails.js";
export { recordElsewhere, runsFolder, safeName } from "./runFolder.js";
export {
  type AudioPoint,
  type FigurePoint,
  type FigureSpec,
  type ImagePoint,
  noMedia,
  type RunMedia,
  type TablePoint,
  type TextPoint,
} from "./runMedia.js";
export { RunReader, readRun, readRunRecord } from "./runReader.js";
export type * from "./runRecord.js";
export type { RunRow } from "./runRow.js";
export { liveRuns, type RunsOptions, RunTable, runs } from "./runs.js";
export type { BesideOptions } from "./startRun.js";
export { StoredBytes } from "./storedBytes.js";
export { type StoredCode, storedCode, storedText } from "./storedCode.js";
export { storedData, writeData } from "./storedData.js";
export { type TrackOptions, track } from "./track.js";
export { trainedSeconds } from "./trainedSeconds.js";
