/** What a sweep comes to. */
import { join } from "node:path";
import { writeFileAtomic } from "../base/atomicFile.js";
import { fileTarget } from "../base/fileTarget.js";
import type { MimeBundle } from "../base/host.js";
import { inspectInstances } from "../base/inspection.js";
import { findSweep } from "./findSweeps.js";
import { importances } from "./importances.js";
import { readSweep } from "./readSweep.js";
import { finalBundle, type TableInput } from "./sweepTable.js";
import { bestTrial, type Direction, type TrialRecord } from "./trialRecord.js";

/**
 * The result of a sweep that lies on disk, running or not.
 *
 * @param sweep its name (the newest), id or folder.
 * @throws RangeError when there is none.
 */
export function readSweepResult(sweep: string): SweepResult {
  const { dir, name, direction, metric, trials, limit, window, changedAt: now } = readSweep(findSweep(sweep));
  return new SweepResult(dir, {
    name,
    direction,
    metric,
    trials,
    limit: limit ?? Number.POSITIVE_INFINITY,
    now,
    since: trials[0]?.start ?? now,
    finishedBefore: 0,
    parallel: window,
    waited: 0,
    endReason: "as recorded",
  });
}

/** Shows itself as a table in a notebook. */
export class SweepResult {
  readonly name: string;
  /** The sweep's folder: sweep.json, journal.log, code/. */
  readonly dir: string;
  readonly direction: Direction;
  readonly metric: string | undefined;
  /** By number. */
  readonly trials: readonly TrialRecord[];
  /** Why it ended: `trials`, `exhausted`, `timeout` or `interrupted`. */
  readonly endReason: string;
  /** Worker-seconds spent waiting so that the sweep repeats. */
  readonly waited: number;
  readonly #table: TableInput;

  constructor(dir: string, table: TableInput) {
    this.name = table.name;
    this.dir = dir;
    this.direction = table.direction;
    this.metric = table.metric;
    this.trials = table.trials;
    this.endReason = table.endReason ?? "";
    this.waited = table.waited;
    this.#table = table;
  }

  /**
   * The complete trial with the best value.
   *
   * @throws RangeError when no trial is complete, with the first failure's reason.
   */
  get best(): TrialRecord {
    const best = bestTrial(this.trials, this.direction);
    if (best) return best;
    const error = this.trials.find((trial) => trial.error !== undefined)?.error;
    throw new RangeError(
      `a best trial needs one that is complete; of ${this.trials.length} none is${error ? `. The first failed with: ${error}` : ""}`,
    );
  }

  /** The parameters of the best trial. Their types are those of the sweep's space, known when it has run. */
  // biome-ignore lint/suspicious/noExplicitAny: what a name holds is known at run time only, as with JSON.parse
  get bestParams(): Record<string, any> {
    return this.best.params;
  }

  /** The value of the best trial. */
  get bestValue(): number {
    return this.best.value;
  }

  /** Why nothing came of it, when every trial failed; undefined when one did not, or none ran. */
  get failure(): string | undefined {
    const { length } = this.trials;
    if (length === 0 || this.trials.some(({ state }) => state !== "failed")) return undefined;
    const all = length === 1 ? "the only trial failed" : `all ${length} trials failed; the first`;
    return `${all} with: ${beginning(this.trials[0]?.error ?? "no reason")}`;
  }

  /** Parameter → share of its importance for a good value, the largest first (PED-ANOVA); they sum to 1. */
  importances(): Record<string, number> {
    return importances(this.trials, this.direction);
  }

  /** Writes the result as JSON; returns the file's path. Default: `result.json` in the sweep's folder. */
  save(file: string = join(this.dir, "result.json")): string {
    const best = bestTrial(this.trials, this.direction);
    const { name, direction, metric, endReason, waited, trials } = this;
    const content = { name, direction, metric, endReason, waited, best: best?.number ?? null, trials };
    writeFileAtomic(fileTarget("save a sweep's result", file), `${JSON.stringify(content, nonFinite, 2)}\n`);
    return file;
  }

  toMimeBundle(): MimeBundle {
    return finalBundle(this.#table);
  }
}

inspectInstances(SweepResult, (result) => String(result.toMimeBundle()["text/plain"]));

/** What was thrown, and where: of its stack the first frame. */
function beginning(error: string): string {
  const lines = error.split("\n");
  const frame = lines.findIndex((line) => /^\s+at /.test(line));
  return (frame < 0 ? lines : lines.slice(0, frame + 1)).join("\n");
}

/** JSON has no NaN and no infinity: they stand as text, as in run.json. */
function nonFinite(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}
