/** What `fit` looks at before the first step. It says what it finds, and changes and stops nothing. */
import { host } from "./base/host.js";
import { type PreflightRecord, preflightChecks } from "./base/preflightRecord.js";
import type { DataToKeep } from "./data/record/recordData.js";
import { preflight, preflightText } from "./doctor/index.js";
import { dataOf } from "./fitData.js";
import { modelFound, type Tracking, trainingConfig } from "./fitTracking.js";
import type { tf } from "./native/index.js";
import { noMedia, type RunData, type RunRecord } from "./track/index.js";
import type { BatchTries } from "./train/batchTries.js";
import type { FitPlan } from "./train/fitPlan.js";
import { oneBatch } from "./train/oneBatch.js";

/** Milliseconds for the steps on one batch; the rest of the three seconds is for the data. */
const batchBudget = 2000;
/** Rows of all splits that are compared with each other: a million takes about half a second. */
const mostRows = 1_500_000;

/** Nothing that goes wrong here is a training's end: it says itself what it cannot do. */
export async function lookBefore(
  model: tf.LayersModel,
  plan: FitPlan,
  {
    tracking,
    signals,
  }: { readonly tracking: Tracking | undefined; readonly signals: readonly AbortSignal[] },
): Promise<void> {
  const start = performance.now();
  const judged = await judgedOrWhy(model, plan, signals);
  const seconds = Math.round(performance.now() - start) / 1000;
  const record: PreflightRecord = { seconds, ...judged };
  tracking?.run.describe({ preflight: record });
  if (signals.some((signal) => signal.aborted)) return;
  const isQuiet = record.findings.length === 0 && !plan.progress;
  if (!isQuiet) host().display({ "text/plain": preflightText(record) });
}

async function judgedOrWhy(
  model: tf.LayersModel,
  plan: FitPlan,
  signals: readonly AbortSignal[],
): Promise<Omit<PreflightRecord, "seconds">> {
  try {
    const data = dataOf(model, plan, () => {});
    const tries = await triesOrWhy(model, plan, signals);
    return preflight(runBefore(model, plan, { data, tries }), tries);
  } catch (error) {
    const why = (error as Error).message;
    return { passed: [], findings: [], notChecked: preflightChecks.map((check) => ({ check, why })) };
  }
}

/** A step that fails here fails in the training, which tells it whole. */
async function triesOrWhy(
  model: tf.LayersModel,
  { step, track, training }: FitPlan,
  signals: readonly AbortSignal[],
): Promise<BatchTries | { readonly why: string }> {
  const { histograms = [], histogramEntries } = track ?? {};
  const options = { ...step, histograms, ...(histogramEntries !== undefined && { histogramEntries }) };
  try {
    return await oneBatch(model, training, { step: options, signals, budget: batchBudget });
  } catch (error) {
    return { why: (error as Error).message };
  }
}

/** What is known of the run that is about to begin, as the doctor reads runs. */
function runBefore(
  model: tf.LayersModel,
  plan: FitPlan,
  { data, tries }: { readonly data: DataToKeep; readonly tries: BatchTries | { readonly why: string } },
): RunData {
  const measured = "why" in tries ? new Map<string, readonly number[]>() : tries.measured;
  const { record, hashes, words } = data;
  const rows = Object.values(record.sizes).reduce((sum, size) => sum + size, 0);
  const isTooLong = rows > mostRows;
  const told = isTooLong ? { ...record, noHashes: `${rows} rows are too many for it` } : record;
  return {
    dir: "",
    status: "running",
    record: recordBefore(model, plan),
    problems: [],
    ...noMedia,
    histograms: new Map(),
    scalars: new Map(
      [...measured].map(([tag, values]) => [
        tag,
        {
          steps: Float64Array.from(values.keys()),
          values: Float64Array.from(values),
          wallTimes: new Float64Array(values.length),
        },
      ]),
    ),
    data: {
      record: () => told,
      hashes: () => (isTooLong || record.noHashes !== undefined ? undefined : { hashes, words }),
    },
  };
}

/** As an open run has it, of what the rules read. */
function recordBefore(model: tf.LayersModel, plan: FitPlan): RunRecord {
  const now = new Date().toISOString();
  return {
    schemaVersion: 1,
    id: "",
    name: model.name,
    tags: [],
    notes: "",
    status: "running",
    createdAt: now,
    heartbeat: now,
    owner: { pid: process.pid, host: "" },
    resumed: 0,
    config: { ...trainingConfig(model, plan) } as RunRecord["config"],
    command: [],
    workingDirectory: "",
    code: [],
    environment: {},
    summary: {},
    model: modelFound(model, plan),
    problems: [],
  };
}
