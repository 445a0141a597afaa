/** Why a training takes one step at a time, where a person asked for several in a call. */
import { onWasm } from "../native/core.js";
import { fitsDevice } from "./deviceFeed.js";
import type { TrainingPlan } from "./trainingPlan.js";

type Looked = Pick<
  TrainingPlan,
  | "accumulate"
  | "batchSize"
  | "callbacks"
  | "lossScale"
  | "notFinite"
  | "outOfMemory"
  | "sampleEvery"
  | "train"
>;

/**
 * One sentence where `stepsPerExecution` has no effect by what the training is; none for 1 and "auto".
 *
 * @param isRecorded whether sampled steps are measured
 */
export function singleSteps(asked: number | "auto", plan: Looked, isRecorded: boolean): string[] {
  if (asked === "auto" || asked === 1) return [];
  const reasons = reasonsOf(plan, isRecorded);
  return reasons.length === 0 ? [] : [noEffect(asked, reasons.join(", and by "))];
}

/** @param why behind "by" */
export function noEffect(asked: number, why: string): string {
  return `stepsPerExecution: ${asked} has no effect: one step at a time is taken by ${why}`;
}

function reasonsOf(plan: Looked, isRecorded: boolean): string[] {
  const { train, batchSize, accumulate, sampleEvery } = plan;
  const all: [boolean, string][] = [
    [onWasm, "WebAssembly"],
    [plan.callbacks.some(({ step }) => step !== undefined), "callbacks of steps"],
    [accumulate > 1, `accumulate: ${accumulate}`],
    [plan.notFinite === "skip", 'notFinite: "skip"'],
    [plan.outOfMemory === "halve", 'outOfMemory: "halve"'],
    [plan.lossScale !== undefined, 'precision: "float16"'],
    [!fitsDevice(train), "data over 512 MB"],
    [Math.floor(train.size / batchSize) < 2, "epochs without two batches of equal size"],
    // Between two of them there must be two others.
    [isRecorded && sampleEvery < 3, `statistics at every ${sampleEvery === 1 ? "step" : "second step"}`],
  ];
  return all.flatMap(([holds, reason]) => (holds ? [reason] : []));
}
