/** Who looks at TensorFlow's ops while they run. Below the binding, which tells what it ran. */
import type { OpAttribute } from "./opAttributes.js";

/** A tensor as the binding knows it. */
export interface SeenTensor {
  readonly shape: readonly number[];
  /** TensorFlow's number. */
  readonly dtype: number;
}

/** One op that ran, or a captured function, which runs as one and whose tensors are not looked at. */
export interface SeenOp {
  readonly name: string;
  /** As `performance.now()` tells it. */
  readonly begin: number;
  readonly end: number;
  /** Whether it ran on a thread of its own, so that others may have run meanwhile. */
  readonly aside?: boolean;
  readonly attributes?: readonly OpAttribute[];
  readonly inputs?: readonly SeenTensor[];
  readonly outputs?: readonly SeenTensor[];
  /** Whether it is a captured function's first run, in which TensorFlow also prepares its graph. */
  readonly isFirst?: boolean;
}

export interface OpWatcher {
  /** Whether training steps are to run op by op. */
  readonly eager: boolean;
  ran(op: SeenOp): void;
  /** A tensor is held from now on, or (`freed`) no more. */
  held(tensor: SeenTensor, freed: boolean): void;
  /** A computation was captured, which took so many milliseconds. */
  captured(milliseconds: number): void;
}

const watchers = new Set<OpWatcher>();

/** Until the function that it returns is called. */
export function watchOps(watcher: OpWatcher): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Whether somebody looks: measuring costs two readings of the clock. */
export function isWatched(): boolean {
  return watchers.size > 0;
}

/** Whether training steps are to run op by op. */
export function wantsEagerSteps(): boolean {
  return [...watchers].some(({ eager }) => eager);
}

export function noteOp(op: SeenOp): void {
  for (const watcher of watchers) watcher.ran(op);
}

export function noteCapture(milliseconds: number): void {
  for (const watcher of watchers) watcher.captured(milliseconds);
}

export function noteHeld(tensor: SeenTensor, freed = false): void {
  for (const watcher of watchers) watcher.held(tensor, freed);
}
