/** The runs this process has open, so that whoever ends the process, or a cell, can close them. */
import { host, hostInstalled } from "../base/host.js";
import { unwatchInterrupts, watchInterrupts } from "./interruptWatch.js";
import type { Run } from "./run.js";
import type { EndStatus } from "./runRecord.js";

const open = new Set<Run>();
const listeners = new Set<(run: Run) => void>();
/** Those in which a training goes on: how often each. */
const training = new Map<Run, number>();

/** Oldest first. */
export function openRuns(): readonly Run[] {
  return [...open];
}

/** Finishes every run this process has open, or those that `which` chooses; returns them. */
export function closeOpenRuns(status: EndStatus, which: (run: Run) => boolean = () => true): readonly Run[] {
  const closed = openRuns().filter(which);
  for (const run of closed) run.finish(status);
  return closed;
}

/**
 * The parts of a run that has ended end as it did, of those that this process has open; one in which a training goes on
 * is interrupted by it where the whole finished.
 */
export function closeParts(whole: Run): void {
  const { status, id, name } = whole.record;
  const parts = openRuns().filter(({ record }) => record.parent === id);
  for (const part of parts) {
    const isCut = status === "finished" && training.has(part);
    const end = isCut ? "interrupted" : (status as EndStatus);
    part.finish(end, end === "finished" ? undefined : `the run it is a part of, "${name}", ended: ${status}`);
  }
}

/**
 * Until the function that it returns is called, `listener` hears of each run that this process opens or resumes.
 *
 * @example const stop = onRunOpened(({ dir }) => console.log(dir));
 */
export function onRunOpened(listener: (run: Run) => void): () => void {
  // A function of its own, so that the same listener may be given twice.
  const told = (run: Run) => listener(run);
  listeners.add(told);
  return () => {
    listeners.delete(told);
  };
}

/** For `openRun`: from now until it is finished, `run` is one of the open runs. */
export function rememberOpen(run: Run): void {
  if (!listening) {
    listening = true;
    process.once("exit", closeAtExit);
  }
  open.add(run);
  if (hostInstalled() && host().kind === "terminal") watchInterrupts(run.dir);
  tellHost();
  for (const listener of [...listeners]) listener(run);
}

export function forgetOpen(run: Run): void {
  open.delete(run);
  unwatchInterrupts(run.dir);
  tellHost();
}

function tellHost(): void {
  if (hostInstalled()) host().runsOpen?.(openRuns().map(({ name }) => name));
}

let listening = false;

/**
 * Until the function it gives is called, a training goes on in `run`: a process that ends meanwhile, however much in
 * order, has interrupted it.
 */
export function beginTraining(run: Run): () => void {
  training.set(run, (training.get(run) ?? 0) + 1);
  return () => {
    const left = (training.get(run) ?? 1) - 1;
    if (left > 0) training.set(run, left);
    else training.delete(run);
  };
}

function closeAtExit(exitCode: number): void {
  const status = endStatusOf(exitCode);
  if (status === "finished") closeOpenRuns("interrupted", (run) => training.has(run));
  closeOpenRuns(status);
}

/** 128 + 2 is how shells, and this library's terminal, tell that SIGINT ended a process. */
function endStatusOf(exitCode: number): EndStatus {
  if (exitCode === 0) return "finished";
  return exitCode === 130 ? "interrupted" : "failed";
}
