/** The seam between a sweep and whatever stops trials early. */
import type { Direction, Reports } from "../trialRecord.js";

export interface PruningDecision {
  /** The step that decides, as `decisionStep` answered. */
  readonly step: number;
  /** This trial's reports up to now. */
  readonly reports: Reports;
  /**
   * Of every other trial that may be looked at and got that far: its reports up to the first at or after `step`.
   * In a repeatable sweep those of lower number, all of them; else those known now. In order of numbers.
   */
  readonly others: readonly Reports[];
  readonly direction: Direction;
}

/**
 * Decides whether a trial goes on.
 *
 * Lifecycle: stateless; asked after every report. Guarantees asked for: the answer depends on the decision's
 * fields only; values may be NaN (as bad as can be) or infinite.
 */
export interface Pruner {
  readonly name: string;
  /** What the record of the sweep keeps about it: plain JSON. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The step at which the last report is judged, never above the last step; undefined: the trial goes on unjudged. */
  decisionStep(reports: Reports): number | undefined;
  shouldPrune(decision: PruningDecision): boolean;
}

/** The first report at or after a step. */
export function valueReached(reports: Reports, step: number): number | undefined {
  return reports.find(([at]) => at >= step)?.[1];
}

/**
 * The q-quantile of the values that are not NaN, interpolated linearly between neighbours (NumPy's default).
 * NaN of no values.
 */
export function quantile(values: readonly number[], q: number): number {
  return sortedQuantile(
    values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b),
    q,
  );
}

/** `quantile` of values that rise, none of them NaN. */
export function sortedQuantile(sorted: readonly number[], q: number): number {
  if (sorted.length === 0) return Number.NaN;
  const position = q * (sorted.length - 1);
  const below = sorted[Math.floor(position)] as number;
  const above = sorted[Math.ceil(position)] as number;
  const gap = above - below;
  return gap === 0 || !Number.isFinite(gap) ? below : below + (position - Math.floor(position)) * gap;
}
