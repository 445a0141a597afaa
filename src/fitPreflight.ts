/**
 * What `fit` looks at before the first step, in 3 s at most. It says what it finds, and changes and stops nothing.
 *
 * Whatever goes over rows or takes steps asks the clock as it goes: once time is over it ends, and its checks are told as not
 * made. What cannot be ended is one call of TensorFlow; of steps none is begun that would not end in time by the last one.
 */
import { Deadline, OutOfTime } from "./base/deadline.js";
import { host } from "./base/host.js";
import { type PreflightRecord, preflightChecks } from "./base/preflightRecord.js";
import { commonRows, type NotKnown, preflight, preflightText } from "./doctor/index.js";
import { dataOf } from "./fitData.js";
import { modelFound, type Tracking, trainingConfig } from "./fitTracking.js";
import type { tf } from "./native/index.js";
import { noMedia, type RunData, type RunRecord } from "./track/index.js";
import type { BatchTries } from "./train/batchTries.js";
import type { FitPlan } from "./train/fitPlan.js";
import { oneBatch } from "./train/oneBatch.js";
import { stepOptions } from "./train/stepOptions.js";

/** Milliseconds of all of it, and of its two parts. */
const most = { all: 3000, data: 1000, batch: 2000 } as const;
/** Rows of all splits that are compared with each other: a million takes about half a second. */
const mostRows = 1_500_000;

export interface LookBefore {
  /** Whose run keeps it. */
  readonly tracking: { readonly run: Pick<Tracking["run"], "describe"> } | undefined;
  readonly signals: readonly AbortSignal[];
  /** Milliseconds. Default: `performance.now`. */
  readonly now?: () => number;
}

/** Nothing that goes wrong here is a training's end: it says itself what it cannot do. */
export async function lookBefore(
  model: tf.LayersModel,
  plan: FitPlan,
  { tracking, signals, now = () => performance.now() }: LookBefore,
): Promise<void> {
  const start = now();
  const judged = await judgedOrWhy(model, plan, { signals, deadline: new Deadline(most.all, now) });
  const seconds = Math.round(now() - start) / 1000;
  const record: PreflightRecord = { seconds, ...judged };
  tracking?.run.describe({ preflight: record });
  if (signals.some((signal) => signal.aborted)) return;
  const isQuiet = record.findings.length === 0 && !plan.progress;
  if (!isQuiet) host().display({ "text/plain": preflightText(record) });
}

interface Limits {
  readonly signals: readonly AbortSignal[];
  readonly deadline: Deadline;
}

async function judgedOrWhy(
  model: tf.LayersModel,
  plan: FitPlan,
  { signals, deadline }: Limits,
): Promise<Omit<PreflightRecord, "seconds">> {
  try {
    const { data, notKnown } = dataInTime(model, plan, deadline.within(most.data));
    const tries = await triesOrWhy(model, plan, { signals, deadline: deadline.within(most.batch) });
    return preflight(runBefore(model, plan, { data, tries }), tries, notKnown);
  } catch (error) {
    const why = (error as Error).message;
    return { passed: [], findings: [], notChecked: preflightChecks.map((check) => ({ check, why })) };
  }
}

interface DataInTime {
  readonly data?: NonNullable<RunData["data"]>;
  readonly notKnown: NotKnown;
}

/** What the checks on data need; the comparison of rows is made here, where it can be ended. */
function dataInTime(model: tf.LayersModel, plan: FitPlan, deadline: Deadline): DataInTime {
  const known = inTime(() => dataOf(model, plan, { deadline }));
  if (!known.value) return { notKnown: { data: known.why } };
  const { record, ...stored } = known.value;
  const rows = Object.values(record.sizes).reduce((sum, size) => sum + size, 0);
  const tooMany = rows > mostRows ? `${rows} rows are too many for it` : undefined;
  const why = record.noHashes ?? tooMany ?? inTime(() => commonRows(stored, () => deadline.check())).why;
  const data = { record: () => record, hashes: () => (why === undefined ? stored : undefined) };
  return { data, notKnown: why === undefined ? {} : { rows: why } };
}

type InTime<T> =
  | { readonly value: T; readonly why?: undefined }
  | { readonly value?: undefined; readonly why: string };

function inTime<T>(work: () => T): InTime<T> {
  try {
    return { value: work() };
  } catch (error) {
    if (error instanceof OutOfTime) return { why: error.message };
    throw error;
  }
}

/** A step that fails here fails in the training, which tells it whole. */
async function triesOrWhy(
  model: tf.LayersModel,
  plan: FitPlan,
  limits: Limits,
): Promise<BatchTries | { readonly why: string }> {
  try {
    return await oneBatch(model, plan.training, { step: stepOptions(plan), ...limits });
  } catch (error) {
    return { why: (error as Error).message };
  }
}

/** What is known of the run that is about to begin, as the doctor reads runs. */
function runBefore(
  model: tf.LayersModel,
  plan: FitPlan,
  {
    data,
    tries,
  }: { readonly data: DataInTime["data"]; readonly tries: BatchTries | { readonly why: string } },
): RunData {
  const measured = "why" in tries ? new Map<string, readonly number[]>() : tries.measured;
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
    ...(data && { data }),
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
