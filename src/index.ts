/** tunelab's one public entry. It exports only what works. */
import { host, hostInstalled, installHost } from "./base/host.js";
import { terminalHost } from "./base/terminalHost.js";
import { beginRunBoard, drawFigure, evidenceChart } from "./board/index.js";
import { installEvidenceCharts } from "./doctor/index.js";
import { inspectModels } from "./models/inspectModels.js";
import { installFigureDrawer, installRunBoards } from "./track/index.js";

if (!hostInstalled()) installHost(terminalHost());
inspectModels();
installEvidenceCharts(evidenceChart);
installFigureDrawer(drawFigure);
installRunBoards(beginRunBoard);

export { Interrupted, TrialPruned } from "./base/errors.js";
export type { Host, MimeBundle, Shown, SourceText } from "./base/host.js";
export type { BoardInput, BoardKind, BoardOptions, ServeBoardOptions, ServedBoard } from "./board/index.js";
export { Board, board, serveBoard } from "./board/index.js";
export type { Dataset, LabelledDataset, Split } from "./data/index.js";
export * as data from "./data/index.js";
export type {
  Evidence,
  Prescription,
  Problem,
  RuleOutcome,
  RunReference,
  Severity,
  Verdict,
} from "./doctor/index.js";
export { Diagnosis } from "./doctor/index.js";
export {
  type ClassCurve,
  type ClassCurves,
  ConfusionMatrix,
  type EvaluateOptions,
  type EvaluateRegressionOptions,
  type Evaluation,
  evaluate,
  evaluateRegression,
  type Mistake,
  type PrecisionRecallCurve,
  type RegressionEvaluation,
  type RocCurve,
} from "./evaluate/index.js";
export { fit } from "./fit.js";
export { type DoctorFixOptions, doctor } from "./fitDoctor.js";
export { FitInterrupted, type FitRun } from "./fitRun.js";
export { type LoadWeightsOptions, loadWeights } from "./fitWeights.js";
export {
  type Changes,
  type Fix,
  type FixAttempt,
  type FixFailure,
  FixInterrupted,
  type FixOptions,
  type FixState,
} from "./fix/index.js";
export { type LayerTimes, layerTimes } from "./layerTimes.js";
export { type LrFinderOptions, lrFinder } from "./lrFinder.js";
export type { LrFinding } from "./lrFinding.js";
export * as models from "./models/index.js";
export {
  type Captured,
  CaptureError,
  type CaptureNote,
  type CaptureOptions,
  type CapturesCost,
  type ChromeTrace,
  capture,
  chromeTrace,
  devices,
  type ExplainedOp,
  type Explanation,
  type LayerCost,
  LibtensorflowError,
  loadSavedModel,
  type NativeInfo,
  nativeInfo,
  type OpCost,
  type OpEvent,
  type OpProfile,
  type OutsideCost,
  type ProfileOptions,
  profileOps,
  type SavedModel,
  type SavedTensor,
  type SaveSavedModelOptions,
  saveSavedModel,
  TensorFlowError,
  type TraceEvent,
  tf,
  withDevice,
} from "./native/index.js";
export { type OpTimes, opTimes } from "./opTimes.js";
export {
  type AdadeltaOptions,
  type AdafactorOptions,
  type AdagradOptions,
  type AdamaxOptions,
  type AdamOptions,
  type AdamWOptions,
  adadelta,
  adafactor,
  adagrad,
  adam,
  adamax,
  adamw,
  type EmaOptions,
  ema,
  type LambOptions,
  type LarsOptions,
  type LionOptions,
  type LookaheadOptions,
  lamb,
  lars,
  lion,
  lookahead,
  type NAdamOptions,
  nadam,
  type Optimizer,
  type RAdamOptions,
  type RateForBatchOptions,
  type RmspropOptions,
  radam,
  rateForBatch,
  rmsprop,
  type SamOptions,
  type Schedule,
  type SgdOptions,
  sam,
  schedules,
  sgd,
  type WeightInfo,
  type WeightSelection,
} from "./optim/index.js";
export { saveProfile } from "./saveProfile.js";
export type * from "./sweep/index.js";
export {
  ashaPruner,
  endWithParent,
  findSweep,
  findSweeps,
  fixedTrial,
  localEngine,
  medianPruner,
  parentChannel,
  parseSpace,
  prunerNames,
  RunOverview,
  readSweep,
  readSweepResult,
  runOverview,
  SweepResult,
  samplerNames,
  serveTrials,
  space,
  sweep,
  Trial,
  tpeSampler,
} from "./sweep/index.js";
export type * from "./track/index.js";
export {
  Artifact,
  BestRuns,
  bestRuns,
  Comparison,
  closeOpenRuns,
  compareRuns,
  exportRuns,
  findArtifact,
  findRuns,
  importRuns,
  liveRuns,
  onRunOpened,
  openRuns,
  Run,
  RunReader,
  RunTable,
  readRun,
  runs,
  StoredBytes,
  track,
} from "./track/index.js";
export type {
  Callback as FitCallback,
  CheckpointOptions,
  ClassWeights,
  EarlyStoppingOptions,
  EpochContext,
  FitOptions,
  History,
  LossName,
  OwnLoss,
  StepContext,
  TrackOptions as FitTrackOptions,
  TrainingContext,
} from "./train/index.js";
export { host, installHost };
