/** What the captures of one training cost. */
import type { CaptureCost } from "../seams.js";
import type { StepFunction } from "./stepFunctions.js";

type Captured = Pick<StepFunction["call"], "tracing" | "firstRun">;

interface Sum extends CaptureCost {
  /** The last one, which may not have run yet; those before are in the sums. */
  readonly last: Captured;
}

/**
 * Invariant: one sum for each kind of step and size of batch, however often a training captures anew, in the order of
 * their first captures.
 */
export class CaptureCosts {
  readonly #sums = new Map<string, Sum>();

  add(kind: string, batchSize: number | undefined, last: Captured): void {
    const key = `${kind} ${batchSize}`;
    const before = this.#sums.get(key);
    const { count, tracing, firstRun } = before ? whole(before) : nothing;
    this.#sums.set(key, { kind, batchSize, count: count + 1, tracing, firstRun, last });
  }

  get all(): CaptureCost[] {
    return [...this.#sums.values()].map(whole);
  }
}

const nothing = { count: 0, tracing: 0, firstRun: undefined };

function whole({ last, tracing, firstRun, ...rest }: Sum): CaptureCost {
  const runs = [firstRun, last.firstRun].filter((time) => time !== undefined);
  return {
    ...rest,
    tracing: tracing + last.tracing,
    firstRun: runs.length > 0 ? runs.reduce((sum, time) => sum + time, 0) : undefined,
  };
}
